//! `extern "Rust"`: futures and streams, which C++ owns.

use crate::Lowered;
use crate::function::{Function, Kind};
use crate::types::Fails;
use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;

pub fn lower(function: &Function) -> Lowered {
    let mut names = vec![function.shim("start"), function.shim("take")];
    if let Fails::Typed(_) = function.output.fails {
        names.extend([function.shim("failed"), function.shim("error")]);
    }
    Lowered {
        span: function.span,
        raw: raw(function),
        wrapper: wrapper(function),
        imports: names
            .into_iter()
            .map(|name| (function.attributes.cfgs.clone(), name))
            .collect(),
        cpp_before: String::new(),
        cpp_after: callable(function),
    }
}

fn raw(function: &Function) -> TokenStream {
    let (start, take, failed, error) = (
        function.shim("start"),
        function.shim("take"),
        function.shim("failed"),
        function.shim("error"),
    );
    let attributes = &function.attributes.kept;
    let attributes = quote!(#(#attributes)* #[doc(hidden)]);
    let lifetimes = &function.lifetimes;
    let inputs = function.inputs();
    let ok = &function.output.ok;
    let typed = match &function.output.fails {
        Fails::Typed(ty) => quote! {
            #attributes unsafe fn #failed(polled: *mut CxxAwaitPolled) -> bool;
            #attributes unsafe fn #error(polled: *mut CxxAwaitPolled) -> #ty;
        },
        _ => quote!(),
    };
    quote_spanned! {function.ident.span()=>
        #attributes unsafe fn #start<#(#lifetimes),*>(#(#inputs),*) -> *mut CxxAwaitPolled;
        #attributes unsafe fn #take(polled: *mut CxxAwaitPolled) -> Result<#ok>;
        #typed
    }
}

fn wrapper(function: &Function) -> TokenStream {
    let (start, take, failed, error) = (
        function.shim("start"),
        function.shim("take"),
        function.shim("failed"),
        function.shim("error"),
    );
    let cfgs = &function.attributes.cfgs;
    let lifetimes = &function.lifetimes;
    let inputs = function.inputs();
    let ok = &function.output.ok;
    let span = function.ident.span();
    let begin = begin(function);
    let (error_type, error_shims) = match &function.output.fails {
        Fails::Never | Fails::Exception => (quote!(::core::convert::Infallible), quote!()),
        Fails::Typed(ty) => (
            quote!(#ty),
            quote_spanned! {span=>
                #(#cfgs)*
                #[doc(hidden)]
                #[allow(non_snake_case)]
                pub(super) unsafe fn #failed(polled: *mut ::cxx_await::abi::Polled) -> bool {
                    // SAFETY: C++ has polled it until it was ready.
                    unsafe { ::cxx_await::private::has_failed::<#ok, #ty>(polled) }
                }
                #(#cfgs)*
                #[doc(hidden)]
                #[allow(non_snake_case)]
                pub(super) unsafe fn #error(polled: *mut ::cxx_await::abi::Polled) -> #ty {
                    // SAFETY: as above.
                    unsafe { ::cxx_await::private::take_error::<#ok, #ty>(polled) }
                }
            },
        ),
    };
    quote_spanned! {span=>
        #(#cfgs)*
        #[doc(hidden)]
        #[allow(unused_unsafe, non_snake_case)]
        pub(super) unsafe fn #start<#(#lifetimes),*>(#(#inputs),*) -> *mut ::cxx_await::abi::Polled {
            #begin
        }
        #(#cfgs)*
        #[doc(hidden)]
        #[allow(non_snake_case)]
        pub(super) unsafe fn #take(polled: *mut ::cxx_await::abi::Polled) -> ::core::result::Result<#ok, ::cxx_await::private::Message> {
            // SAFETY: C++ has polled it until it was ready.
            unsafe { ::cxx_await::private::take::<#ok, #error_type>(polled) }
        }
        #error_shims
    }
}

/// Makes the future or the stream.
fn begin(function: &Function) -> TokenStream {
    let ident = &function.ident;
    let span = ident.span();
    let callee = match &function.receiver {
        None => quote_spanned!(span=> super::#ident),
        Some(receiver) => {
            let class = &receiver.class;
            quote_spanned!(span=> super::#class::#ident)
        }
    };
    let object = function.receiver.iter().map(|_| quote!(cxx_await_self));
    let calls = |by_reference: bool| {
        let arguments = function.arguments.iter().map(move |argument| {
            let name = &argument.name;
            if argument.copied && by_reference {
                quote!(&#name)
            } else {
                quote!(#name)
            }
        });
        let object = object.clone();
        quote_spanned!(span=> { #[allow(unused_unsafe)] unsafe { #callee(#(#object,)* #(#arguments),*) } })
    };
    let ok = &function.output.ok;
    // The types are named, as what takes the result takes these. An error of any type goes as its words; one of the bridge goes as it is.
    let convert = match &function.output.fails {
        Fails::Never => quote_spanned!(ok.span()=> ::cxx_await::private::never_fails::<#ok>),
        Fails::Exception => {
            quote_spanned!(ok.span()=> ::cxx_await::private::with_message::<#ok, _>)
        }
        Fails::Typed(error) => {
            quote_spanned!(ok.span()=> ::cxx_await::private::typed::<#ok, #error>)
        }
    };
    let copied: Vec<_> = function
        .arguments
        .iter()
        .filter(|argument| argument.copied)
        .map(|argument| &argument.name)
        .collect();
    let suffix = match (function.attributes.local, function.is_unsafe) {
        (false, false) => "",
        (true, false) => "_local",
        (false, true) => "_borrowing",
        (true, true) => "_local_borrowing",
    };
    match function.kind {
        Kind::Future => {
            let new = format_ident!("new_future{suffix}", span = span);
            let call = calls(true);
            quote_spanned! {span=>
                #(let #copied = ::std::borrow::ToOwned::to_owned(#copied);)*
                unsafe { ::cxx_await::private::#new(async move { #convert(#call.await) }) }
            }
        }
        Kind::Stream if copied.is_empty() => {
            let new = format_ident!("new_stream{suffix}", span = span);
            let call = calls(false);
            quote_spanned!(span=> unsafe { ::cxx_await::private::#new(#call, #convert) })
        }
        Kind::Stream => {
            // The stream borrows the copies, which are kept beside it. That it would with any lifetime is asked first.
            let new = format_ident!("new_stream_of{suffix}", span = span);
            let call = calls(false);
            let typed = function.arguments.iter().map(|argument| {
                let (name, ty) = (&argument.name, &argument.ty);
                quote_spanned!(ty.span()=> #name: #ty)
            });
            let names: Vec<_> = function
                .arguments
                .iter()
                .map(|argument| &argument.name)
                .collect();
            quote_spanned! {span=>
                #[allow(clippy::let_underscore_untyped, let_underscore_drop)]
                let _ = |#(#typed),*| { ::core::mem::drop(#call) };
                let kept = (#(::std::borrow::ToOwned::to_owned(#copied),)*);
                unsafe {
                    ::cxx_await::private::#new(kept, move |kept| {
                        let (#(#copied,)*) = kept;
                        let _ = (#(&#names,)*);
                        #call
                    }, #convert)
                }
            }
        }
    }
}

/// What C++ calls, after cxx has declared the functions that it uses.
fn callable(function: &Function) -> String {
    let place = if function.attributes.local {
        "OwnerThread"
    } else {
        "AnyThread"
    };
    let class = match function.kind {
        Kind::Future => "RustFunction",
        Kind::Stream => "RustStreaming",
    };
    let mut parts = vec!["start", "take"];
    if let Fails::Typed(_) = function.output.fails {
        parts.extend(["failed", "error"]);
    }
    let shims: String = parts
        .iter()
        .map(|name| format!(", &{}", function.shim(name)))
        .collect();
    let name = &function.cxx_name;
    function.namespace.wrap(&format!(
        "inline constexpr ::cxx_await::detail::{class}<::cxx_await::{place}{shims}> {name}{{}};"
    ))
}
