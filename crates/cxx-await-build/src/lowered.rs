//! A Rust file whose bridges cxx takes.

use crate::CfgSet;
use proc_macro2::TokenStream;
use std::ops::Range;
use syn::spanned::Spanned;
use syn::{Attribute, Meta};

/// The file: on the same lines, so that what cxx says of it points into the file itself.
pub struct Lowered {
    pub source: String,
    cpp_before: String,
    pub cpp_after: String,
}

impl Lowered {
    /// The header that cxx's C++ includes.
    pub fn shims(&self) -> String {
        format!(
            "#pragma once\n#include \"cxx_await.h\"\n{}",
            self.cpp_before
        )
    }

    /// cxx's header, with the async functions of Rust.
    pub fn header(&self, of_cxx: &str) -> String {
        if self.cpp_after.is_empty() {
            return of_cxx.to_owned();
        }
        format!("{of_cxx}\n#include \"cxx_await.h\"\n{}", self.cpp_after)
    }
}

fn arguments(attribute: &Attribute) -> TokenStream {
    match &attribute.meta {
        Meta::List(list) => list.tokens.clone(),
        _ => TokenStream::new(),
    }
}

/// `shims` is how the header of the shims is included.
pub fn lower(source: &str, shims: &str, cfgs: &CfgSet) -> syn::Result<Lowered> {
    let mut file = syn::parse_file(source)?;
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    let (mut cpp_before, mut cpp_after) = (String::new(), String::new());
    for (attribute, module) in cxx_await_lower::bridges(&mut file) {
        edits.push((
            attribute.path().span().byte_range(),
            "cxx::bridge".to_owned(),
        ));
        let end = module
            .content
            .as_ref()
            .map_or(0, |(brace, _)| brace.span.close().byte_range().start);
        let keeps = |attributes: &[Attribute]| cfgs.keeps(attributes);
        for function in cxx_await_lower::lower(arguments(&attribute), module, &keeps)?.functions {
            let range = function.span.byte_range();
            let lines = source[range.clone()].matches('\n').count();
            edits.push((range, format!("{}{}", function.raw, "\n".repeat(lines))));
            cpp_before += &function.cpp_before;
            cpp_after += &function.cpp_after;
        }
        for range in dropped(module, &keeps) {
            let lines = source[range.clone()].matches('\n').count();
            edits.push((range, "\n".repeat(lines)));
        }
        edits.push((end..end, cxx_await_lower::shim_types(shims).to_string()));
    }
    edits.sort_by_key(|(range, _)| range.start);
    let (mut text, mut at) = (String::new(), 0);
    for (range, new) in edits {
        text += &source[at..range.start];
        text += &new;
        at = range.end;
    }
    text += &source[at..];
    Ok(Lowered {
        source: text,
        cpp_before,
        cpp_after,
    })
}

/// The async functions that a `cfg` leaves out: cxx would refuse them before it asks.
fn dropped(module: &syn::ItemMod, keeps: &dyn Fn(&[Attribute]) -> bool) -> Vec<Range<usize>> {
    let items = module.content.iter().flat_map(|(_, items)| items);
    let blocks = items.filter_map(|item| match item {
        syn::Item::ForeignMod(block) => Some(block),
        _ => None,
    });
    let functions = blocks.flat_map(|block| {
        block
            .items
            .iter()
            .map(move |item| (keeps(&block.attrs), item))
    });
    functions
        .filter_map(|(block_stays, item)| match item {
            syn::ForeignItem::Fn(function) if !block_stays || !keeps(&function.attrs) => {
                Some(function.span().byte_range())
            }
            _ => None,
        })
        .collect()
}
