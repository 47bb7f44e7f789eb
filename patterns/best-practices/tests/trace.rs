//! Where the current span of `tracing` is known, and where not.

use best_practices::bridge::Failure;
use best_practices::{AsyncContext, fetch_data_with, handle_result};
use futures::executor::block_on;
use std::sync::OnceLock;
use tracing::{Id, Instrument, Span, info_span};

static IN_CALLBACK: OnceLock<Option<Id>> = OnceLock::new();

fn traced(context: Box<AsyncContext>, success: bool, data: &[u8], error: Failure) {
    IN_CALLBACK.set(Span::current().id()).unwrap();
    handle_result(context, success, data, error);
}

#[test]
fn the_span_of_a_future_is_current_where_it_awaits_but_not_in_a_callback() {
    tracing::subscriber::set_global_default(tracing_subscriber::registry()).unwrap();
    let span = info_span!("fetch");
    let awaiting = async {
        fetch_data_with("/dev/null", traced).await.unwrap();
        Span::current().id()
    };
    let after = block_on(awaiting.instrument(span.clone()));
    assert!(span.id().is_some());
    assert_eq!(after, span.id());
    assert_eq!(IN_CALLBACK.get(), Some(&None));
}
