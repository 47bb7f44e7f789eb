// A bounded buffer between any threads of C++ and one stream.
#ifndef CXX_AWAIT_CHANNEL_H
#define CXX_AWAIT_CHANNEL_H

#include "generator.h"

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <vector>

namespace cxx_await {

template <class T> class Sender;
template <class T> class Receiver;

namespace detail {

/// Nothing of the user's runs under the lock but the moves of T.
template <class T> class Channel {
public:
  /// A sender that waits for room, with what it sends.
  struct Waiting {
    T value;
    std::coroutine_handle<> coroutine{};  // none: a thread waits
    bool over = false;
    bool sent = false;
    Waiting *next = nullptr;
  };

  /// Coroutines of senders that go on without the lock. A chain through their frames: memory might run out.
  class Released {
  public:
    void add(Waiting &sender) noexcept {
      *last_ = &sender;
      last_ = &sender.next;
    }
    void resume() {
      last_ = &first_;
      for (Waiting *next = std::exchange(first_, nullptr); next;) {
        Waiting *sender = std::exchange(next, next->next);
        sender->coroutine.resume();
      }
    }
    ~Released() { resume(); }

  private:
    Waiting *first_ = nullptr;
    Waiting **last_ = &first_;
  };

  explicit Channel(std::size_t capacity) : capacity_(capacity == 0 ? 1 : capacity) {}

  /// Moves from `value` when it returns true.
  bool try_send(T &value) {
    std::coroutine_handle<> receiver;
    {
      std::lock_guard lock(mutex_);
      if (closed_ || items_.size() >= capacity_) return false;
      items_.push_back(std::move(value));
      receiver = std::exchange(receiver_, nullptr);
    }
    if (receiver) receiver.resume();
    return true;
  }
  /// False: there was room (and the value is gone), or the channel is closed; `waiting.over` and `sent` say so.
  bool wait_to_send(Waiting &waiting) {
    std::coroutine_handle<> receiver;
    {
      std::lock_guard lock(mutex_);
      if (!closed_ && items_.size() >= capacity_) {
        senders_.push_back(&waiting);
        return true;
      }
      waiting.sent = !closed_;
      waiting.over = true;
      if (!closed_) items_.push_back(std::move(waiting.value));
      receiver = std::exchange(receiver_, nullptr);
    }
    if (receiver) receiver.resume();
    return false;
  }
  void block(Waiting &waiting) {
    std::unique_lock lock(mutex_);
    unblocked_.wait(lock, [&] { return waiting.over; });
  }
  /// The coroutine of a sender is destroyed.
  void forget(Waiting &waiting) {
    std::lock_guard lock(mutex_);
    std::erase(senders_, &waiting);
  }

  /// True: there is something to take, or the end.
  bool is_ready() {
    std::lock_guard lock(mutex_);
    return !items_.empty() || ended();
  }
  /// True: the coroutine waits.
  bool wait_to_receive(std::coroutine_handle<> coroutine) {
    std::lock_guard lock(mutex_);
    if (!items_.empty() || ended()) return false;
    receiver_ = coroutine;
    return true;
  }
  /// At most `count` items; none at the end, when it throws what the sender failed with.
  template <class Take> void take(std::size_t count, Take &&take) {
    std::deque<T> taken;
    Released released;
    std::exception_ptr thrown;
    {
      std::lock_guard lock(mutex_);
      if (items_.size() <= count) {
        taken.swap(items_);
      } else {
        for (; count > 0; --count) {
          taken.push_back(std::move(items_.front()));
          items_.pop_front();
        }
      }
      if (taken.empty()) thrown = std::exchange(thrown_, nullptr);
      while (!closed_ && !senders_.empty() && items_.size() < capacity_) {
        Waiting &sender = *senders_.front();
        items_.push_back(std::move(sender.value));
        senders_.pop_front();
        release(sender, true, released);
      }
    }
    released.resume();
    if (thrown) std::rethrow_exception(thrown);
    for (T &item : taken) take(item);
  }

  /// By the receiver: senders are told that nobody listens.
  void close() noexcept {
    Released released;
    std::coroutine_handle<> receiver;
    std::deque<T> dropped;
    {
      std::lock_guard lock(mutex_);
      if (closed_) return;
      closed_ = true;
      dropped.swap(items_);
      for (Waiting *sender : senders_) release(*sender, false, released);
      senders_.clear();
      receiver = std::exchange(receiver_, nullptr);
    }
    released.resume();
    if (receiver) receiver.resume();
  }
  void add_sender() {
    std::lock_guard lock(mutex_);
    ++sender_count_;
  }
  /// By a sender: after the last one has gone, the stream ends.
  void drop_sender(std::exception_ptr thrown) noexcept {
    std::coroutine_handle<> receiver;
    {
      std::lock_guard lock(mutex_);
      --sender_count_;
      if (thrown && !failed_) {
        thrown_ = std::move(thrown);
        failed_ = true;
      }
      if (ended()) receiver = std::exchange(receiver_, nullptr);
    }
    if (receiver) receiver.resume();
  }

private:
  bool ended() const { return closed_ || failed_ || (sender_count_ == 0 && senders_.empty()); }
  void release(Waiting &sender, bool sent, Released &released) {
    sender.sent = sent;
    sender.over = true;
    if (sender.coroutine)
      released.add(sender);
    else
      unblocked_.notify_all();
  }

  std::mutex mutex_;
  std::condition_variable unblocked_;
  const std::size_t capacity_;
  std::deque<T> items_;
  std::deque<Waiting *> senders_;
  std::coroutine_handle<> receiver_;
  std::exception_ptr thrown_;
  std::size_t sender_count_ = 1;
  bool failed_ = false;
  bool closed_ = false;
};

}  // namespace detail

/// The end of a channel that any thread may send to. The stream ends when all copies are gone.
template <class T> class Sender {
public:
  explicit Sender(std::shared_ptr<detail::Channel<T>> channel) noexcept : channel_(std::move(channel)) {}
  Sender(const Sender &other) : channel_(other.channel_) { channel_->add_sender(); }
  Sender(Sender &&other) noexcept = default;
  Sender &operator=(Sender other) noexcept {
    std::swap(channel_, other.channel_);
    return *this;
  }
  ~Sender() {
    if (channel_) channel_->drop_sender(nullptr);
  }

  /// Moves from `value` and returns true, or leaves it when the buffer is full or nobody listens.
  bool try_send(T &value) { return channel_->try_send(value); }

  /// Blocks this thread until there is room. False: nobody listens.
  bool send_blocking(T value) {
    typename detail::Channel<T>::Waiting waiting{std::move(value)};
    if (channel_->wait_to_send(waiting)) channel_->block(waiting);
    return waiting.sent;
  }

  /// `co_await sender.send(value)`, in a coroutine of any kind: goes on when there is room, on the receiver's thread. False:
  /// nobody listens.
  class Send {
  public:
    Send(detail::Channel<T> &channel, T value) : channel_(channel), waiting_{std::move(value)} {}
    Send(Send &&other) noexcept : channel_(other.channel_), waiting_{std::move(other.waiting_.value)} {}
    ~Send() {
      if (waits_) channel_.forget(waiting_);
    }
    bool await_ready() const noexcept { return false; }
    CXX_AWAIT_NOINLINE bool await_suspend(std::coroutine_handle<> coroutine) {
      waiting_.coroutine = coroutine;
      waits_ = true;
      detail::Channel<T> &channel = channel_;
      return channel.wait_to_send(waiting_);
    }
    bool await_resume() noexcept {
      waits_ = false;
      return waiting_.sent;
    }

  private:
    detail::Channel<T> &channel_;
    typename detail::Channel<T>::Waiting waiting_;
    bool waits_ = false;
  };
  Send send(T value) { return Send(*channel_, std::move(value)); }

  /// Ends the stream, after what was sent, with this exception.
  void fail(std::exception_ptr thrown) && { std::exchange(channel_, nullptr)->drop_sender(std::move(thrown)); }

private:
  std::shared_ptr<detail::Channel<T>> channel_;
};

template <class T> class Batches;

/// The end of a channel that one coroutine reads, or that a function of a bridge returns as a stream.
template <class T> class [[nodiscard]] Receiver {
public:
  using ItemType = T;
  explicit Receiver(std::shared_ptr<detail::Channel<T>> channel) noexcept : channel_(std::move(channel)) {}
  Receiver(Receiver &&other) noexcept = default;
  ~Receiver() { close(); }

  /// Ends the stream now: what was not received is dropped, and senders are told. From any thread.
  void close() noexcept {
    if (channel_) channel_->close();
  }

  class Ready {
  public:
    explicit Ready(detail::Channel<T> &channel) noexcept : channel_(channel) {}
    bool await_ready() const { return channel_.is_ready(); }
    CXX_AWAIT_NOINLINE bool await_suspend(std::coroutine_handle<> coroutine) { return channel_.wait_to_receive(coroutine); }

  protected:
    detail::Channel<T> &channel_;
  };
  class Next : public Ready {
  public:
    using Ready::Ready;
    std::optional<T> await_resume() {
      std::optional<T> item;
      this->channel_.take(1, [&](T &taken) { item.emplace(std::move(taken)); });
      return item;
    }
  };
  template <class All> class NextBatch : public Ready {
  public:
    NextBatch(detail::Channel<T> &channel, std::size_t count) noexcept : Ready(channel), count_(count) {}
    All await_resume() {
      All all;
      this->channel_.take(count_, [&](T &taken) { all.push_back(std::move(taken)); });
      return all;
    }

  private:
    std::size_t count_;
  };

  /// `co_await receiver.next()`: the next item, or none at the end. It throws what a sender failed with.
  Next next() noexcept { return Next(*channel_); }
  /// `co_await receiver.next_batch(64)`: what is there, at most 64 items, and at least one unless it is the end.
  template <class All = std::vector<T>> NextBatch<All> next_batch(std::size_t count) noexcept {
    return NextBatch<All>(*channel_, count);
  }
  /// For a function of a bridge with `-> impl Stream<Item = Vec<T>>`.
  Batches<T> batches(std::size_t count) && { return Batches<T>(std::move(*this), count); }

private:
  std::shared_ptr<detail::Channel<T>> channel_;
};

template <class T> class [[nodiscard]] Batches {
public:
  Batches(Receiver<T> receiver, std::size_t count) noexcept : receiver(std::move(receiver)), count(count == 0 ? 1 : count) {}
  Receiver<T> receiver;
  std::size_t count;
};

/// A channel that holds at most `capacity` items that were sent and not received.
template <class T> std::pair<Sender<T>, Receiver<T>> channel(std::size_t capacity) {
  auto shared = std::make_shared<detail::Channel<T>>(capacity);
  return {Sender<T>(shared), Receiver<T>(shared)};
}

namespace detail {

// Who is asked to stop while it waits for a sender is told so by the channel's end.
template <class T> Generator<T> all_items(Receiver<T> receiver) {
  const std::stop_token token = co_await stop_token();
  const std::stop_callback close(token, [&receiver]() noexcept { receiver.close(); });
  while (auto item = co_await receiver.next()) co_yield moved(*item);
}
template <class All, class T> Generator<All> all_batches(Batches<T> batches) {
  const std::stop_token token = co_await stop_token();
  const std::stop_callback close(token, [&batches]() noexcept { batches.receiver.close(); });
  for (;;) {
    All batch = co_await batches.receiver.template next_batch<All>(batches.count);
    if (batch.size() == 0) co_return;
    co_yield moved(batch);
  }
}

}  // namespace detail
}  // namespace cxx_await

#endif
