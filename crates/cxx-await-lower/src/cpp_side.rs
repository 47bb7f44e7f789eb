//! `extern "C++"`: coroutines and generators, which Rust owns.

use crate::function::{Function, Kind, assert_send};
use crate::types::Fails;
use crate::{Lowered, Types};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

pub fn lower(function: &Function, types: &Types) -> Lowered {
    Lowered {
        span: function.span,
        raw: raw(function),
        wrapper: wrapper(function),
        imports: vec![],
        cpp_before: shims(function, types),
        cpp_after: String::new(),
    }
}

fn raw(function: &Function) -> proc_macro2::TokenStream {
    let (start, take, finish, error) = (
        function.shim("start"),
        function.shim("take"),
        function.shim("finish"),
        function.shim("error"),
    );
    let attributes = &function.attributes.kept;
    let attributes = quote!(#(#attributes)* #[doc(hidden)]);
    let lifetimes = &function.lifetimes;
    let inputs = function.inputs();
    let ok = &function.output.ok;
    let result = |ty: proc_macro2::TokenStream| match function.output.fails {
        Fails::Never => ty,
        _ => quote!(Result<#ty>),
    };
    let span = function.ident.span();
    let starts = result(quote!(*mut CxxAwaitOperation));
    let ends = match function.kind {
        Kind::Future => {
            let takes = result(quote!(#ok));
            quote_spanned!(span=> #attributes unsafe fn #take(operation: *mut CxxAwaitOperation) -> #takes;)
        }
        Kind::Stream => {
            let finishes = result(quote!(()));
            quote_spanned! {span=>
                #attributes unsafe fn #take(operation: *mut CxxAwaitOperation) -> #ok;
                #attributes unsafe fn #finish(operation: *mut CxxAwaitOperation) -> #finishes;
            }
        }
    };
    let error = match &function.output.fails {
        Fails::Typed(ty) => {
            quote_spanned!(span=> #attributes unsafe fn #error(operation: *mut CxxAwaitOperation) -> Result<#ty>;)
        }
        _ => quote!(),
    };
    quote_spanned! {span=>
        #attributes unsafe fn #start<#(#lifetimes),*>(#(#inputs),*) -> #starts;
        #ends
        #error
    }
}

/// The function that the reader calls.
fn wrapper(function: &Function) -> proc_macro2::TokenStream {
    let (start, take, finish, error) = (
        function.shim("start"),
        function.shim("take"),
        function.shim("finish"),
        function.shim("error"),
    );
    let Function {
        ident,
        visibility,
        lifetimes,
        ..
    } = function;
    let (docs, cfgs) = (&function.attributes.docs, &function.attributes.cfgs);
    let span = ident.span();
    let written = function.receiver.iter().map(|receiver| {
        let written = &receiver.written;
        let ty = &receiver.ty;
        let token = &written.self_token;
        quote!(#token: #ty)
    });
    let arguments = function.arguments.iter().map(|argument| {
        let (name, ty) = (&argument.name, &argument.ty);
        quote!(#name: #ty)
    });
    let inputs = written.chain(arguments);
    let object = function.receiver.iter().map(|receiver| {
        let token = &receiver.written.self_token;
        quote!(#token)
    });
    let names = object.chain(function.arguments.iter().map(|argument| {
        let name = &argument.name;
        quote!(#name)
    }));
    let output = function.output.rust_type();
    let asserts = assert_send(function);
    let started = match function.output.fails {
        Fails::Never => quote!(::core::result::Result::Ok(raw::#start(#(#names),*))),
        _ => quote!(raw::#start(#(#names),*)),
    };
    let convert = match &function.output.fails {
        Fails::Typed(error) => {
            quote_spanned!(error.span()=> ::cxx_await::private::from_exception::<#error>)
        }
        _ => quote!(),
    };
    // How an exception becomes what Rust gets.
    let failed = match &function.output.fails {
        Fails::Never => quote!(|_| ::core::unreachable!()),
        Fails::Exception => quote!(::core::result::Result::Err),
        Fails::Typed(_) => {
            quote!(|thrown| ::core::result::Result::Err(#convert(thrown)))
        }
    };
    let typed = quote!(|operation, thrown| ::core::result::Result::Err(raw::#error(operation).unwrap_or_else(|_| #convert(thrown))));
    let place = if function.attributes.local {
        quote!(::cxx_await::OwnerThread)
    } else {
        quote!(::cxx_await::AnyThread)
    };
    let (ty, new) = match function.kind {
        Kind::Future => {
            let take = match &function.output.fails {
                Fails::Typed(_) => {
                    quote!(|operation| raw::#take(operation).or_else(|thrown| (#typed)(operation, thrown)))
                }
                _ => quote!(|operation| raw::#take(operation)),
            };
            (
                quote!(::cxx_await::CppFuture<#output, #place>),
                quote!(::cxx_await::CppFuture::new(#started, #take, #failed)),
            )
        }
        Kind::Stream => {
            let (take, finish) = match &function.output.fails {
                Fails::Never => (
                    quote!(|operation| raw::#take(operation)),
                    quote!(|operation| { raw::#finish(operation); ::core::option::Option::None }),
                ),
                Fails::Exception => (
                    quote!(|operation| ::core::result::Result::Ok(raw::#take(operation))),
                    quote!(|operation| raw::#finish(operation).err().map(::core::result::Result::Err)),
                ),
                Fails::Typed(_) => (
                    quote!(|operation| ::core::result::Result::Ok(raw::#take(operation))),
                    quote!(|operation| raw::#finish(operation).err().map(|thrown| (#typed)(operation, thrown))),
                ),
            };
            (
                quote!(::cxx_await::CppStream<#output, #place>),
                quote!(::cxx_await::CppStream::new(#started, #take, #finish, #failed)),
            )
        }
    };
    // A named type can be stored; one that borrows names what it borrows.
    let (safety, returns) = match (function.is_unsafe, function.kind, function.attributes.local) {
        (false, ..) => (quote!(), ty.clone()),
        (true, Kind::Future, false) => (
            quote!(unsafe),
            quote!(impl ::core::future::Future<Output = #output> + ::core::marker::Send + use<#(#lifetimes),*>),
        ),
        (true, Kind::Future, true) => (
            quote!(unsafe),
            quote!(impl ::core::future::Future<Output = #output> + use<#(#lifetimes),*>),
        ),
        (true, Kind::Stream, false) => (
            quote!(unsafe),
            quote!(impl ::cxx_await::Stream<Item = #output> + ::core::marker::Send + ::core::marker::Unpin + use<#(#lifetimes),*>),
        ),
        (true, Kind::Stream, true) => (
            quote!(unsafe),
            quote!(impl ::cxx_await::Stream<Item = #output> + ::core::marker::Unpin + use<#(#lifetimes),*>),
        ),
    };
    let value = if function.is_unsafe {
        quote!(let future: #ty = #new; future)
    } else {
        quote!(#new)
    };
    let item = quote_spanned! {span=>
        #(#cfgs)*
        #(#docs)*
        #visibility #safety fn #ident<#(#lifetimes),*>(#(#inputs),*) -> #returns {
            #asserts
            // SAFETY: the coroutine that was started is this future's alone, and the functions are its own.
            #[allow(unused_unsafe)]
            unsafe { #value }
        }
    };
    match &function.receiver {
        None => item,
        Some(receiver) => {
            let class = &receiver.class;
            quote_spanned!(span=> #(#cfgs)* impl #class { #item })
        }
    }
}

/// What cxx's own C++ converts to the function pointers that it declares, whereby it deduces all types.
fn shims(function: &Function, types: &Types) -> String {
    let callee = match &function.receiver {
        None => function.namespace.qualify(&function.cxx_name),
        Some(receiver) => format!(
            "{}::{}",
            types.qualified(&receiver.class),
            function.cxx_name
        ),
    };
    let place = if function.attributes.local {
        "OwnerThread"
    } else {
        "AnyThread"
    };
    let bridged = format!(
        "::cxx_await::detail::Bridged<&{callee}, ::cxx_await::{place}, {}>",
        function.is_unsafe
    );
    let mut parts = vec![("Start", "start")];
    match function.kind {
        Kind::Future => parts.push(("TakeResult", "take")),
        Kind::Stream => parts.extend([("TakeItem", "take"), ("Finish", "finish")]),
    }
    if let Fails::Typed(_) = function.output.fails {
        parts.push(("TakeError", "error"));
    }
    let objects: String = parts
        .iter()
        .map(|(class, name)| {
            format!(
                "inline constexpr {bridged}::{class} {}{{}}; ",
                function.shim(name)
            )
        })
        .collect();
    function.namespace.wrap(&objects)
}
