//! The attributes of a bridge and of its items, as cxx reads them.

use proc_macro2::TokenStream;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Error, Expr, ExprLit, Ident, Lit, LitStr, Meta, Result, Token};

/// A C++ namespace, outermost first; empty for the global one.
#[derive(Clone, Default)]
pub struct Namespace(Vec<String>);

impl Namespace {
    fn parse(path: &LitStr) -> Self {
        let value = path.value();
        Namespace(
            value
                .split("::")
                .map(str::trim)
                .filter(|part| !part.is_empty())
                .map(str::to_owned)
                .collect(),
        )
    }

    /// `namespace a { namespace b { text }}`
    pub fn wrap(&self, text: &str) -> String {
        let open: String = self
            .0
            .iter()
            .map(|part| format!("namespace {part} {{ "))
            .collect();
        format!("{open}{text}{}\n", "}".repeat(self.0.len()))
    }

    /// `::a::b::name`
    pub fn qualify(&self, name: &str) -> String {
        let path: String = self.0.iter().map(|part| format!("::{part}")).collect();
        format!("{path}::{name}")
    }
}

/// What stands in the parentheses of `#[cxx_await::bridge(namespace = "…")]`.
pub fn bridge_namespace(arguments: TokenStream) -> Result<Namespace> {
    let parser = |input: ParseStream| {
        if input.is_empty() {
            return Ok(Namespace::default());
        }
        let name: Ident = input.parse()?;
        if name != "namespace" {
            return Err(Error::new(name.span(), "expected `namespace = \"...\"`"));
        }
        input.parse::<Token![=]>()?;
        let path = input.parse::<LitStr>()?;
        input.parse::<Option<Token![,]>>()?;
        Ok(Namespace::parse(&path))
    };
    parser.parse2(arguments)
}

/// The attributes of an item, sorted by what becomes of them.
#[derive(Default)]
pub struct Attributes {
    pub namespace: Option<Namespace>,
    pub cxx_name: Option<String>,
    pub rust_name: Option<Ident>,
    /// For what the reader sees.
    pub docs: Vec<Attribute>,
    /// For all that is made of the item.
    pub cfgs: Vec<Attribute>,
    /// `#[local]`: neither the future nor what it is given leaves its thread.
    pub local: bool,
    /// `namespace` and `cfg`, as cxx wants them on what it gets instead.
    pub kept: Vec<Attribute>,
}

impl Attributes {
    pub fn of(attributes: &[Attribute]) -> Result<Self> {
        let mut all = Attributes::default();
        for attribute in attributes {
            let path = attribute.path();
            if path.is_ident("doc") {
                all.docs.push(attribute.clone());
            } else if path.is_ident("cfg") {
                all.cfgs.push(attribute.clone());
                all.kept.push(attribute.clone());
            } else if path.is_ident("local") {
                attribute.meta.require_path_only()?;
                all.local = true;
            } else if path.is_ident("namespace") {
                all.namespace = Some(Namespace::parse(&string(attribute)?));
                all.kept.push(attribute.clone());
            } else if path.is_ident("cxx_name") {
                all.cxx_name = Some(string(attribute)?.value());
            } else if path.is_ident("rust_name") {
                all.rust_name = Some(string(attribute)?.parse()?);
            } else if ["allow", "deny", "warn", "expect", "must_use", "deprecated"]
                .iter()
                .any(|name| path.is_ident(name))
            {
                all.docs.push(attribute.clone());
            } else {
                return Err(Error::new_spanned(
                    attribute,
                    "unsupported attribute on an async function of a bridge",
                ));
            }
        }
        Ok(all)
    }
}

/// The string of `#[name = "…"]`; as in cxx, the quotes may be left out.
fn string(attribute: &Attribute) -> Result<LitStr> {
    let Meta::NameValue(pair) = &attribute.meta else {
        return Err(Error::new_spanned(attribute, "expected `= \"...\"`"));
    };
    match &pair.value {
        Expr::Lit(ExprLit {
            lit: Lit::Str(value),
            ..
        }) => Ok(value.clone()),
        Expr::Path(path) => {
            let parts: Vec<_> = path
                .path
                .segments
                .iter()
                .map(|segment| segment.ident.to_string())
                .collect();
            Ok(LitStr::new(
                &parts.join("::"),
                pair.path.segments[0].ident.span(),
            ))
        }
        other => Err(Error::new_spanned(other, "expected a string")),
    }
}
