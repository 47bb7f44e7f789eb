//! An async function of a bridge, parsed: what cxx would refuse, and this crate knows how to lower.

use crate::attributes::{Attributes, Namespace};
use crate::types::{Output, is_copied, reference, stream_item};
use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::visit_mut::VisitMut;
use syn::{
    Error, FnArg, ForeignItemFn, GenericParam, Ident, Lifetime, Pat, ReceiverKind, Result,
    ReturnType, Safety, Type, Visibility, parse_quote, parse_quote_spanned,
};

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Future,
    Stream,
}

/// One argument but `self`.
pub struct Argument {
    pub name: Ident,
    pub ty: Type,
    /// `&str` and `&[T]` of a safe function, which the coroutine or future gets a copy of.
    pub copied: bool,
}

/// The object of a method.
pub struct Receiver {
    /// The type of the bridge that has the method.
    pub class: Ident,
    /// `&'a T` or `Pin<&'a mut T>`.
    pub ty: Type,
    /// As the reader wrote it.
    pub written: syn::Receiver,
}

pub struct Function {
    pub kind: Kind,
    pub ident: Ident,
    /// What C++ calls it.
    pub cxx_name: String,
    pub namespace: Namespace,
    pub attributes: Attributes,
    pub visibility: Visibility,
    pub receiver: Option<Receiver>,
    pub arguments: Vec<Argument>,
    pub output: Output,
    /// What the future borrows while it lives. Not empty only when it is `unsafe`.
    pub lifetimes: Vec<Lifetime>,
    pub is_unsafe: bool,
    /// Of the whole declaration.
    pub span: Span,
}

const BORROWS: &str = "this would be borrowed for as long as the future lives, which Rust cannot check, as a future can be leaked: \
     pass it by value, in a Box, a UniquePtr or a SharedPtr (&str and &[T] are copied), or promise it with `async unsafe fn`";

/// What a block of a bridge says of all functions in it.
pub struct Block<'a> {
    pub namespace: &'a Namespace,
    /// The type whose methods may say `&self`.
    pub only_type: Option<&'a Ident>,
}

impl Function {
    /// `self` and the arguments, as a function has them that is no method.
    pub fn inputs(&self) -> Vec<TokenStream> {
        let object = self.receiver.iter().map(|receiver| {
            let ty = &receiver.ty;
            quote!(cxx_await_self: #ty)
        });
        let arguments = self.arguments.iter().map(|argument| {
            let (name, ty) = (&argument.name, &argument.ty);
            quote!(#name: #ty)
        });
        object.chain(arguments).collect()
    }

    /// `None` for what cxx itself knows: not async, and no stream.
    pub fn parse(item: &ForeignItemFn, block: &Block) -> Result<Option<Self>> {
        let signature = &item.sig;
        let declared: Type = match &signature.output {
            ReturnType::Default => parse_quote!(()),
            ReturnType::Type(_, ty) => (**ty).clone(),
        };
        let item_type = stream_item(&declared);
        let kind = match (&signature.asyncness, &item_type) {
            (None, None) => return refuse_other_impl(&declared).map(|()| None),
            (Some(asyncness), Some(_)) => {
                return Err(Error::new_spanned(
                    asyncness,
                    "a stream is awaited item by item: leave out `async`",
                ));
            }
            (Some(_), None) => Kind::Future,
            (None, Some(_)) => Kind::Stream,
        };
        refuse_other_impl(item_type.as_ref().unwrap_or(&declared))?;
        let is_unsafe = matches!(signature.safety, Safety::Unsafe(_));
        let mut lifetimes = lifetimes(signature, is_unsafe)?;
        if let Some(variadic) = &signature.variadic {
            return Err(Error::new_spanned(
                variadic,
                "an async function is not variadic",
            ));
        }
        let output = Output::of(item_type.as_ref().unwrap_or(&declared));
        if reference(&output.ok).is_some() {
            return Err(Error::new_spanned(
                &output.ok,
                "what is awaited may not be a reference: the other side may be gone by then",
            ));
        }
        let mut borrow = Borrow {
            name: Lifetime::new("'borrowed", signature.ident.span()),
            used: false,
        };
        let mut receiver = None;
        let mut arguments = Vec::new();
        for input in &signature.inputs {
            match input {
                FnArg::Receiver(written) => {
                    if !is_unsafe {
                        return Err(Error::new_spanned(written, BORROWS));
                    }
                    receiver = Some(parse_receiver(written, block, &mut borrow)?);
                }
                FnArg::Typed(typed) => {
                    arguments.push(parse_argument(typed, is_unsafe, &mut borrow)?)
                }
            }
        }
        if borrow.used {
            lifetimes.push(borrow.name);
        }
        let attributes = Attributes::of(&item.attrs)?;
        let ident = attributes
            .rust_name
            .clone()
            .unwrap_or_else(|| signature.ident.clone());
        let cxx_name = attributes
            .cxx_name
            .clone()
            .unwrap_or_else(|| signature.ident.to_string());
        Ok(Some(Function {
            kind,
            ident,
            cxx_name,
            namespace: attributes
                .namespace
                .clone()
                .unwrap_or_else(|| block.namespace.clone()),
            attributes,
            visibility: match &item.vis {
                Visibility::Inherited => parse_quote!(pub),
                visibility => visibility.clone(),
            },
            receiver,
            arguments,
            output,
            lifetimes,
            is_unsafe,
            span: item.span(),
        }))
    }

    /// The names of the functions that cxx gets instead begin with this.
    pub fn shim(&self, what: &str) -> Ident {
        let class = self
            .receiver
            .as_ref()
            .map_or(String::new(), |receiver| format!("{}_", receiver.class));
        format_ident!(
            "cxx_await_{class}{}_{what}",
            self.ident,
            span = self.ident.span()
        )
    }

    /// What is given away, and comes back: it goes to the thread where the other language runs.
    pub fn sent_types(&self) -> impl Iterator<Item = &Type> {
        let error = match &self.output.fails {
            crate::types::Fails::Typed(error) => Some(&**error),
            _ => None,
        };
        let given = self
            .arguments
            .iter()
            .map(|argument| &argument.ty)
            .filter(|ty| reference(ty).is_none() && !matches!(ty, Type::Ptr(_)));
        given.chain([&self.output.ok]).chain(error)
    }
}

fn refuse_other_impl(ty: &Type) -> Result<()> {
    match ty {
        Type::ImplTrait(_) => Err(Error::new_spanned(
            ty,
            "expected `impl Stream<Item = T>`, the only `impl` that crosses",
        )),
        _ => Ok(()),
    }
}

fn lifetimes(signature: &syn::Signature, is_unsafe: bool) -> Result<Vec<Lifetime>> {
    let parameters = signature.generics.params.iter();
    let all = parameters.map(|parameter| match parameter {
        GenericParam::Lifetime(lifetime) if is_unsafe => Ok(lifetime.lifetime.clone()),
        GenericParam::Lifetime(lifetime) => Err(Error::new_spanned(lifetime, BORROWS)),
        other => Err(Error::new_spanned(
            other,
            "an async function of a bridge is not generic",
        )),
    });
    all.collect()
}

/// Gives the references without a lifetime one.
struct Borrow {
    name: Lifetime,
    used: bool,
}

impl VisitMut for Borrow {
    fn visit_type_reference_mut(&mut self, reference: &mut syn::TypeReference) {
        if reference.lifetime.is_none() {
            self.used = true;
            reference.lifetime = Some(self.name.clone());
        }
        syn::visit_mut::visit_type_reference_mut(self, reference);
    }
}

fn parse_receiver(written: &syn::Receiver, block: &Block, borrow: &mut Borrow) -> Result<Receiver> {
    let span = written.span();
    let mut ty: Type = match &written.kind {
        ReceiverKind::Typed(_, ty) => (**ty).clone(),
        ReceiverKind::Reference(_, lifetime, mutability) => {
            let Some(class) = block.only_type else {
                return Err(Error::new(
                    span,
                    "say whose method it is, as in `self: &Client`: this block declares not one type",
                ));
            };
            parse_quote_spanned!(span=> & #lifetime #mutability #class)
        }
        _ => {
            return Err(Error::new(
                span,
                "expected `&self`, `self: &T` or `self: Pin<&mut T>`",
            ));
        }
    };
    borrow.visit_type_mut(&mut ty);
    let class = reference(&ty).and_then(|reference| match &*reference.elem {
        Type::Path(path) => path.path.get_ident().cloned(),
        _ => None,
    });
    let Some(class) = class else {
        return Err(Error::new(
            span,
            "expected `&self`, `self: &T` or `self: Pin<&mut T>`",
        ));
    };
    Ok(Receiver {
        class,
        ty,
        written: written.clone(),
    })
}

fn parse_argument(typed: &syn::PatType, is_unsafe: bool, borrow: &mut Borrow) -> Result<Argument> {
    let Pat::Ident(name) = &*typed.pat else {
        return Err(Error::new_spanned(
            &typed.pat,
            "an argument of a bridge has a plain name",
        ));
    };
    let mut ty = (*typed.ty).clone();
    let copied = is_copied(&ty) && !is_unsafe;
    if is_unsafe {
        borrow.visit_type_mut(&mut ty);
    } else if reference(&ty).is_some() && !copied {
        return Err(Error::new_spanned(&typed.ty, BORROWS));
    } else if matches!(ty, Type::Ptr(_)) {
        return Err(Error::new_spanned(
            &typed.ty,
            "a raw pointer wants `async unsafe fn`",
        ));
    }
    Ok(Argument {
        name: name.ident.clone(),
        ty,
        copied,
    })
}

/// `assert_send::<T>()` at the reader's `T`, for each type that crosses.
pub fn assert_send(function: &Function) -> proc_macro2::TokenStream {
    if function.attributes.local {
        return proc_macro2::TokenStream::new();
    }
    let assertions = function
        .sent_types()
        .map(|ty| quote_spanned!(ty.span()=> ::cxx_await::private::assert_send::<#ty>();));
    assertions.collect()
}
