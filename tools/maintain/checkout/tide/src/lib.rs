unsafe extern "C" {
    safe fn tide_height(above_mean: i32) -> i32;
}

/// Centimetres above the harbour's zero.
pub fn height(above_mean: i32) -> i32 {
    tide_height(above_mean)
}
