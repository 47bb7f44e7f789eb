#pragma once

namespace co_await_rust {
void program();
}
