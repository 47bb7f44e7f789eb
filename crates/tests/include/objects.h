#pragma once
#include "cxx_await.h"
#include "rust/cxx.h"

#include <memory>

namespace objects {

using cxx_await::Generator;
using cxx_await::Task;

class Account {
public:
  explicit Account(std::int64_t balance) : balance_(balance) {}
  std::int64_t balance() const { return balance_; }
  Task<std::int64_t> deposit(std::int64_t amount);
  Task<std::int64_t> awaitBalance() const noexcept;
  Generator<std::int64_t> statements(std::uint32_t count) const;

private:
  std::int64_t balance_;
};
std::unique_ptr<Account> new_account(std::int64_t balance);

Task<std::size_t> length_of_all(rust::Str first, rust::Slice<const std::uint32_t> second, const Account &account);
Task<std::uint32_t> through_pointer(const std::uint32_t *value);
Task<rust::String> ask_store();
Task<rust::String> ask_store_for_all();
Task<std::uint32_t> borrow_from_rust();

}  // namespace objects
