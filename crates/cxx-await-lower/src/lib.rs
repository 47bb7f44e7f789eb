//! What the macro and the build crate of [cxx-await](https://docs.rs/cxx-await) both do with a bridge, so that Rust and
//! C++ agree. Not for others: its interface changes with any release.
#![warn(missing_docs)]

mod attributes;
mod cpp_side;
mod function;
mod rust_side;
mod types;

use attributes::{Attributes, Namespace, bridge_namespace};
use function::{Block, Function};
use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote};
use syn::{Attribute, Error, ForeignItem, Ident, Item, ItemForeignMod, ItemMod, LitStr, Result};

/// What becomes of one function that cxx would refuse.
pub struct Lowered {
    /// Of the declaration that `raw` takes the place of.
    pub span: Span,
    /// The functions that cxx gets instead.
    pub raw: TokenStream,
    wrapper: TokenStream,
    imports: Vec<(Vec<Attribute>, Ident)>,
    /// C++ that cxx's own C++ includes.
    pub cpp_before: String,
    /// C++ for the end of the header that cxx makes.
    pub cpp_after: String,
}

/// A bridge, with each of its async functions lowered.
pub struct Bridge {
    /// In the order of the bridge.
    pub functions: Vec<Lowered>,
    rust_types: Vec<(Vec<Attribute>, Ident)>,
}

/// Of each type that a bridge declares, where C++ has it.
pub(crate) struct Types(Vec<(Ident, String)>);

impl Types {
    fn qualified(&self, class: &Ident) -> &str {
        let known = self.0.iter().find(|(ident, _)| ident == class);
        known.map_or("", |(_, name)| name)
    }
}

/// What cxx gets beside the bridge's own items: the two types of the shims, and `include`, the header that has them.
pub fn shim_types(include: &str) -> TokenStream {
    quote! {
        #[allow(unused)]
        unsafe extern "C++" {
            include!(#include);
            #[doc(hidden)]
            #[namespace = "cxx_await"]
            #[cxx_name = "Operation"]
            type CxxAwaitOperation = ::cxx_await::abi::Operation;
            #[doc(hidden)]
            #[namespace = "cxx_await"]
            #[cxx_name = "Polled"]
            type CxxAwaitPolled = ::cxx_await::abi::Polled;
        }
    }
}

/// Lowers the async functions of `module`, a bridge with these arguments of its attribute: in place, so that cxx takes
/// what is left.
///
/// `keeps` tells of `cfg` attributes whether their item is there; the macro keeps all, as rustc asks later.
///
/// # Errors
/// One for each function that cannot be lowered, at the token that is the reason.
pub fn lower(
    arguments: TokenStream,
    module: &mut ItemMod,
    keeps: &dyn Fn(&[Attribute]) -> bool,
) -> Result<Bridge> {
    let namespace = bridge_namespace(arguments)?;
    let Some((_, items)) = &mut module.content else {
        return Err(Error::new_spanned(
            &module.ident,
            "a bridge is a module with a body: `mod ffi { ... }`",
        ));
    };
    let types = Types(
        items
            .iter()
            .flat_map(|item| declared_types(item, &namespace))
            .collect(),
    );
    let mut bridge = Bridge {
        functions: Vec::new(),
        rust_types: Vec::new(),
    };
    let mut errors: Option<Error> = None;
    for item in items {
        let Item::ForeignMod(block) = item else {
            continue;
        };
        let Some(language) = language(block) else {
            continue;
        };
        if !keeps(&block.attrs) {
            continue;
        }
        let here: Vec<_> = block.items.iter().filter_map(type_of).collect();
        let only_type = match &here[..] {
            [(ident, _)] => Some(ident),
            _ => None,
        };
        if language == Language::Rust {
            let types = here.iter().map(|(ident, attributes)| {
                (
                    attributes
                        .iter()
                        .filter(|a| a.path().is_ident("cfg"))
                        .cloned()
                        .collect(),
                    ident.clone(),
                )
            });
            bridge.rust_types.extend(types);
        }
        let context = Block {
            namespace: &namespace,
            only_type,
        };
        for item in &mut block.items {
            let ForeignItem::Fn(declared) = item else {
                continue;
            };
            let lowered = Function::parse(declared, &context).and_then(|function| {
                let Some(function) = function.filter(|function| keeps(&function.attributes.cfgs))
                else {
                    return Ok(None);
                };
                if let Some(receiver) = function
                    .receiver
                    .as_ref()
                    .filter(|receiver| types.qualified(&receiver.class).is_empty())
                {
                    return Err(Error::new_spanned(
                        &receiver.class,
                        "this type is not declared in the bridge",
                    ));
                }
                Ok(Some(match language {
                    Language::Cpp => cpp_side::lower(&function, &types),
                    Language::Rust => rust_side::lower(&function),
                }))
            });
            match lowered {
                Ok(None) => {}
                Ok(Some(lowered)) => {
                    *item = ForeignItem::Verbatim(lowered.raw.clone());
                    bridge.functions.push(lowered);
                }
                Err(error) => match &mut errors {
                    None => errors = Some(error),
                    Some(errors) => errors.combine(error),
                },
            }
        }
    }
    match errors {
        None => Ok(bridge),
        Some(errors) => Err(errors),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Language {
    Cpp,
    Rust,
}

fn language(block: &ItemForeignMod) -> Option<Language> {
    match &*block
        .abi
        .name
        .as_ref()
        .map(LitStr::value)
        .unwrap_or_default()
    {
        "C++" | "C++-unwind" => Some(Language::Cpp),
        "Rust" => Some(Language::Rust),
        _ => None,
    }
}

/// `type T;`, and `type T = path;`, which syn leaves as tokens.
fn type_of(item: &ForeignItem) -> Option<(Ident, Vec<Attribute>)> {
    match item {
        ForeignItem::Type(ty) => Some((ty.ident.clone(), ty.attrs.clone())),
        ForeignItem::Verbatim(tokens) => {
            let alias: syn::ItemType = syn::parse2(tokens.clone()).ok()?;
            Some((alias.ident, alias.attrs))
        }
        _ => None,
    }
}

fn declared_types(item: &Item, namespace: &Namespace) -> Vec<(Ident, String)> {
    let name = |(ident, attributes): (Ident, Vec<Attribute>)| {
        let of_type = attributes
            .iter()
            .filter(|a| a.path().is_ident("namespace") || a.path().is_ident("cxx_name"));
        let own = Attributes::of(&of_type.cloned().collect::<Vec<_>>()).unwrap_or_default();
        let name = own.cxx_name.unwrap_or_else(|| ident.to_string());
        let qualified = own.namespace.as_ref().unwrap_or(namespace).qualify(&name);
        (ident, qualified)
    };
    match item {
        Item::ForeignMod(block) => block.items.iter().filter_map(type_of).map(name).collect(),
        Item::Struct(item) => vec![name((item.ident.clone(), item.attrs.clone()))],
        Item::Enum(item) => vec![name((item.ident.clone(), item.attrs.clone()))],
        _ => vec![],
    }
}

/// What the attribute macro does: a module for cxx, and the one that the reader named, which has all that cxx makes of
/// it and the async functions.
///
/// # Errors
/// As [`lower`].
pub fn expand(arguments: TokenStream, input: TokenStream) -> Result<TokenStream> {
    let mut module: ItemMod = syn::parse2(input)?;
    let (name, visibility) = (module.ident.clone(), module.vis.clone());
    let Bridge {
        functions,
        rust_types,
    } = lower(arguments.clone(), &mut module, &|_| true)?;
    let hidden = format_ident!("__cxx_await_{}", name);
    module.ident = hidden.clone();
    let docs: Vec<_> = module
        .attrs
        .extract_if(.., |attribute| attribute.path().is_ident("doc"))
        .collect();
    if let Some((_, items)) = &mut module.content {
        items.push(syn::parse2(shim_types("cxx_await.h"))?);
    }
    let arguments = if arguments.is_empty() {
        quote!()
    } else {
        quote!((#arguments))
    };
    let wrappers = functions.iter().map(|function| &function.wrapper);
    let imports = functions.iter().flat_map(|function| &function.imports).map(|(cfgs, import)| {
        quote!(#(#cfgs)* #[doc(hidden)] #[allow(unused_imports)] use #name::#import;)
    });
    let rust_types = rust_types
        .iter()
        .map(|(cfgs, ty)| quote!(#(#cfgs)* #[allow(unused_imports)] use super::#ty;));
    Ok(quote! {
        #[::cxx::bridge #arguments]
        #module

        #(#docs)*
        #[allow(clippy::missing_safety_doc)]
        #visibility mod #name {
            #[allow(unused_imports)]
            pub use super::#hidden::*;
            #[allow(unused_imports)]
            use super::#hidden as raw;
            #[allow(unused_imports)]
            use ::cxx::{CxxString, CxxVector, SharedPtr, UniquePtr, WeakPtr};
            #[allow(unused_imports)]
            use ::core::pin::Pin;
            #(#rust_types)*
            #(#wrappers)*
        }

        #(#imports)*
    })
}

/// The bridges of a file, wherever they are, with the attribute and the module of each.
pub fn bridges(file: &mut syn::File) -> Vec<(Attribute, &mut ItemMod)> {
    fn find<'a>(items: &'a mut [Item], found: &mut Vec<(Attribute, &'a mut ItemMod)>) {
        for item in items {
            let Item::Mod(module) = item else { continue };
            if let Some(attribute) = module.attrs.iter().find(|attribute| is_bridge(attribute)) {
                found.push((attribute.clone(), module));
            } else if let Some((_, items)) = &mut module.content {
                find(items, found);
            }
        }
    }
    let mut found = Vec::new();
    find(&mut file.items, &mut found);
    found
}

fn is_bridge(attribute: &Attribute) -> bool {
    let segments = &attribute.path().segments;
    segments.len() == 2 && segments[0].ident == "cxx_await" && segments[1].ident == "bridge"
}
