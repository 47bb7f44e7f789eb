//! What `#[cfg(…)]` means when C++ is generated.

use std::collections::BTreeMap;
use std::env;
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, Lit, Meta, Token};

/// The `cfg` values that are set.
#[derive(Clone, Debug, Default)]
pub struct CfgSet(BTreeMap<String, Vec<String>>);

impl CfgSet {
    /// Those that cargo tells a build script.
    #[must_use]
    pub fn from_cargo() -> Self {
        let mut all = BTreeMap::<_, Vec<String>>::new();
        for (name, value) in env::vars() {
            if let Some(cfg) = name.strip_prefix("CARGO_CFG_") {
                all.entry(cfg.to_lowercase())
                    .or_default()
                    .extend(value.split(',').map(str::to_owned));
            }
        }
        CfgSet(all)
    }

    /// Adds one as rustc's `--cfg` has it: `name`, or `name="value"`.
    pub fn add(&mut self, cfg: &str) {
        let (name, value) = cfg.split_once('=').unwrap_or((cfg, ""));
        self.0
            .entry(name.trim().to_owned())
            .or_default()
            .push(value.trim().trim_matches('"').to_owned());
    }

    /// Whether it is set: `name`, or `name = "value"`.
    #[must_use]
    pub fn has(&self, name: &str, value: Option<&str>) -> bool {
        self.0.get(name).is_some_and(|values| {
            value.is_none_or(|value| values.iter().any(|other| other == value))
        })
    }

    /// Whether an item with these attributes is there.
    pub(crate) fn keeps(&self, attributes: &[Attribute]) -> bool {
        let cfgs = attributes
            .iter()
            .filter(|attribute| attribute.path().is_ident("cfg"));
        cfgs.filter_map(|attribute| attribute.parse_args::<Meta>().ok())
            .all(|predicate| self.holds(&predicate))
    }

    fn holds(&self, predicate: &Meta) -> bool {
        match predicate {
            Meta::Path(path) if path.is_ident("true") => true,
            Meta::Path(path) => path
                .get_ident()
                .is_some_and(|name| self.has(&name.to_string(), None)),
            Meta::NameValue(pair) => match (&pair.value, pair.path.get_ident()) {
                (Expr::Lit(literal), Some(name)) => match &literal.lit {
                    Lit::Str(value) => self.has(&name.to_string(), Some(&value.value())),
                    _ => false,
                },
                _ => false,
            },
            Meta::List(list) => {
                let inner = list
                    .parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated)
                    .unwrap_or_default();
                let mut inner = inner.iter().map(|predicate| self.holds(predicate));
                if list.path.is_ident("any") {
                    inner.any(|holds| holds)
                } else if list.path.is_ident("not") {
                    !inner.all(|holds| holds)
                } else {
                    inner.all(|holds| holds)
                }
            }
        }
    }
}
