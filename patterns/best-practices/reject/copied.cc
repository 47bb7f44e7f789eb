// A std::function may be copied, so what it holds must be. A rust::Box has one owner.

#include "best-practices/include/best_practices.h"
#include "best-practices/src/lib.rs.h"

#include <functional>
#include <utility>

namespace best_practices {

std::function<void()> later(FetchCallback callback, rust::Box<AsyncContext> context) {
  return [callback, context = std::move(context)]() mutable { callback(std::move(context), true, {}, {}); };
}

}  // namespace best_practices
