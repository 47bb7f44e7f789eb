#include "cxx-await-tests/src/objects.rs.h"
#include "cxx-await-tests/include/gate.h"

#include <stdexcept>

namespace objects {

using gate::worker;

std::unique_ptr<Account> new_account(std::int64_t balance) { return std::make_unique<Account>(balance); }

Task<std::int64_t> Account::deposit(std::int64_t amount) {
  co_await worker().schedule();
  if (amount < 0) throw std::invalid_argument("a deposit is no withdrawal");
  balance_ += amount;
  co_return balance_;
}
Task<std::int64_t> Account::awaitBalance() const noexcept {
  co_await worker().schedule();
  co_return balance_;
}
Generator<std::int64_t> Account::statements(std::uint32_t count) const {
  for (std::uint32_t i = 0; i < count; ++i) {
    co_await worker().schedule();
    co_yield balance_ + i;
  }
}
Task<std::size_t> length_of_all(rust::Str first, rust::Slice<const std::uint32_t> second, const Account &account) {
  co_await worker().schedule();
  co_return first.size() + second.size() + static_cast<std::size_t>(account.balance());
}
Task<std::uint32_t> through_pointer(const std::uint32_t *value) {
  co_await worker().schedule();
  co_return *value;
}
Task<rust::String> ask_store() {
  auto store = new_store();
  co_await put(*store, "key", "value");
  if (co_await put(*store, "other", "another") != 2) throw std::logic_error("two are there");
  auto value = co_await get(*store, "key");
  try {
    co_await get(*store, "third");
  } catch (const rust::Error &error) {
    value = std::string(value) + ", " + error.what();
  }
  co_return value;
}
Task<rust::String> ask_store_for_all() {
  auto store = new_store();
  co_await put(*store, "a", "1");
  co_await put(*store, "b", "2");
  std::string all;
  auto names = keys(*store);
  while (auto name = co_await names.next()) all += std::string(*name);
  co_return all;
}
Task<std::uint32_t> borrow_from_rust() {
  const std::vector<std::uint32_t> numbers{1, 2, 3};
  const rust::Slice<const std::uint32_t> slice(numbers.data(), numbers.size());
  co_return co_await sum_of(slice);
}

}  // namespace objects
