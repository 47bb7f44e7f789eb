//! The types that mean something to an async function.

use syn::{GenericArgument, PathArguments, Type, TypeParamBound, parse_quote};

/// How a function, or the next item of a stream, can fail.
pub enum Fails {
    /// It throws nothing: what is thrown all the same ends the process, and a panic does.
    Never,
    /// `Result<T>`: any exception is a `cxx::Exception`, any `Err` a `rust::Error`.
    Exception,
    /// `Result<T, E>`: C++ throws `E`, a type of the bridge, and catches it.
    Typed(Box<Type>),
}

/// What a function returns when it is ready: the `T` of `T`, `Result<T>` and `Result<T, E>`.
pub struct Output {
    pub ok: Type,
    pub fails: Fails,
}

impl Output {
    pub fn of(ty: &Type) -> Self {
        match generic_arguments(ty, "Result").as_deref() {
            Some([ok]) => Output {
                ok: ok.clone(),
                fails: Fails::Exception,
            },
            Some([ok, error]) => Output {
                ok: ok.clone(),
                fails: Fails::Typed(Box::new(error.clone())),
            },
            _ => Output {
                ok: ty.clone(),
                fails: Fails::Never,
            },
        }
    }

    /// The type as Rust code has it.
    pub fn rust_type(&self) -> Type {
        let ok = &self.ok;
        match &self.fails {
            Fails::Never => ok.clone(),
            Fails::Exception => parse_quote!(::core::result::Result<#ok, ::cxx::Exception>),
            Fails::Typed(error) => parse_quote!(::core::result::Result<#ok, #error>),
        }
    }
}

/// The type arguments of `name<…>`, when that is what the type is.
fn generic_arguments(ty: &Type, name: &str) -> Option<Vec<Type>> {
    let Type::Path(path) = ty else { return None };
    let segment = path
        .path
        .segments
        .first()
        .filter(|segment| segment.ident == name && path.path.segments.len() == 1)?;
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else {
        return None;
    };
    let types = arguments.args.iter().map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty.clone()),
        _ => None,
    });
    types.collect()
}

/// The `T` of `impl Stream<Item = T>`, with whatever other bounds.
pub fn stream_item(ty: &Type) -> Option<Type> {
    let Type::ImplTrait(ty) = ty else { return None };
    ty.bounds.iter().find_map(|bound| {
        let TypeParamBound::Trait(bound) = bound else {
            return None;
        };
        let segment = bound
            .path
            .segments
            .last()
            .filter(|segment| segment.ident == "Stream")?;
        let PathArguments::AngleBracketed(arguments) = &segment.arguments else {
            return None;
        };
        arguments.args.iter().find_map(|argument| match argument {
            GenericArgument::AssocType(item) if item.ident == "Item" => Some(item.ty.clone()),
            _ => None,
        })
    })
}

/// `&str` or `&[T]`, not `mut`: what is copied when it is not borrowed.
pub fn is_copied(ty: &Type) -> bool {
    let Type::Reference(reference) = ty else {
        return false;
    };
    let text = matches!(&*reference.elem, Type::Path(path) if path.path.is_ident("str"));
    reference.mutability.is_none() && (text || matches!(&*reference.elem, Type::Slice(_)))
}

/// The `T` of `Pin<&'a mut T>`, as a reference type.
fn pinned(ty: &Type) -> Option<Type> {
    match generic_arguments(ty, "Pin").as_deref() {
        Some([reference @ Type::Reference(_)]) => Some(reference.clone()),
        _ => None,
    }
}

/// The reference that the type is, or that it pins.
pub fn reference(ty: &Type) -> Option<syn::TypeReference> {
    match pinned(ty).unwrap_or_else(|| ty.clone()) {
        Type::Reference(reference) => Some(reference),
        _ => None,
    }
}
