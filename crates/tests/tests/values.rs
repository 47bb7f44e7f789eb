use cxx_await_tests::values::ffi::{self, Color, Event};
use cxx_await_tests::values::{Counter, call_inside};
use futures::executor::block_on;

#[test]
fn rust_awaits_cpp_with_every_type() {
    block_on(async {
        assert_eq!(ffi::add(2, 3).await, 5);
        ffi::nothing().await;
        ffi::nothing_or_error().await.unwrap();
        assert_eq!(ffi::float_and_bool(1.5, false).await, -1.5);
        assert_eq!(ffi::text("abc").await, "text abc");
        assert_eq!(ffi::owned_text("abc".into()).await, "abc");
        assert_eq!(ffi::bytes(&[1, 2, 3]).await, [3, 2, 1]);
        assert_eq!(ffi::names(vec!["first".into()]).await, ["first", "last"]);
        let event = Event {
            topic: "topic".into(),
            number: 1,
        };
        assert_eq!(
            ffi::event(event.clone()).await,
            Event { number: 2, ..event }
        );
        assert_eq!(ffi::color(Color::Red).await, Color::Green);
        assert_eq!(ffi::counter(Box::new(Counter(7))).await.0, 7);
        let name = ffi::client_name(ffi::new_client("Ada")).await;
        assert_eq!(ffi::unique(name).await.to_str().unwrap(), "Ada!");
        assert_eq!(
            ffi::client_name(ffi::new_client("Ada"))
                .await
                .to_str()
                .unwrap(),
            "Ada"
        );
        assert_eq!(ffi::events(3).await[2].number, 2);
    });
}

#[test]
fn names_namespaces_and_cfgs_are_those_of_cxx() {
    block_on(async {
        assert_eq!(ffi::plus(2, 3).await, 5);
        assert_eq!(ffi::minus(2, 3).await, -1);
        assert_eq!(ffi::far_away().await, 3);
        assert_eq!(ffi::present().await, 1);
        assert_eq!(call_inside().await, 2);
    });
}

#[test]
fn anything_that_can_be_awaited_is_a_future() {
    assert_eq!(block_on(ffi::doubled(21)), 42);
}

#[test]
fn cpp_awaits_rust_with_every_type() {
    assert_eq!(block_on(ffi::round_trip()).unwrap(), 8);
}

#[test]
fn futures_are_send_and_borrow_nothing() {
    fn check<T: Send + 'static>(_: T) {}
    let text = String::from("gone before the future");
    let future = ffi::text(&text);
    drop(text);
    check(future);
    check(ffi::bytes(&[1]));
}
