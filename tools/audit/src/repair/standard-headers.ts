/** Where C++ declares the names that guides forget to include. */
const OF: Record<string, readonly string[]> = {
  vector: ['vector'],
  string: ['string', 'to_string', 'stoi', 'getline'],
  string_view: ['string_view'],
  memory: ['unique_ptr', 'shared_ptr', 'weak_ptr', 'make_unique', 'make_shared', 'enable_shared_from_this'],
  thread: ['thread', 'jthread', 'this_thread'],
  mutex: ['mutex', 'lock_guard', 'unique_lock', 'scoped_lock', 'recursive_mutex', 'once_flag', 'call_once'],
  condition_variable: ['condition_variable', 'condition_variable_any'],
  atomic: [
    'atomic',
    'atomic_bool',
    'atomic_int',
    'memory_order_relaxed',
    'memory_order_acquire',
    'memory_order_release',
  ],
  future: ['future', 'promise', 'async', 'packaged_task', 'shared_future', 'launch'],
  functional: ['function', 'bind', 'ref', 'cref', 'hash', 'move_only_function'],
  chrono: ['chrono', 'chrono_literals'],
  map: ['map', 'multimap'],
  unordered_map: ['unordered_map'],
  unordered_set: ['unordered_set'],
  set: ['set'],
  deque: ['deque'],
  queue: ['queue', 'priority_queue'],
  array: ['array'],
  optional: ['optional', 'nullopt', 'make_optional'],
  variant: ['variant', 'visit', 'monostate', 'get_if'],
  utility: ['move', 'forward', 'pair', 'exchange', 'swap', 'make_pair'],
  tuple: ['tuple', 'make_tuple', 'tie'],
  iostream: ['cout', 'cerr', 'endl', 'cin', 'clog'],
  fstream: ['ifstream', 'ofstream', 'fstream'],
  sstream: ['stringstream', 'ostringstream', 'istringstream'],
  stdexcept: [
    'runtime_error',
    'logic_error',
    'invalid_argument',
    'out_of_range',
    'length_error',
    'domain_error',
  ],
  exception: ['exception', 'exception_ptr', 'current_exception', 'rethrow_exception', 'terminate'],
  system_error: ['system_error', 'error_code', 'generic_category'],
  algorithm: ['sort', 'min', 'max', 'find', 'find_if', 'copy', 'copy_n', 'transform', 'reverse', 'remove_if'],
  coroutine: ['coroutine_handle', 'suspend_always', 'suspend_never', 'coroutine_traits', 'noop_coroutine'],
  stop_token: ['stop_token', 'stop_source', 'stop_callback'],
  cstdint: [
    'uint8_t',
    'uint16_t',
    'uint32_t',
    'uint64_t',
    'int8_t',
    'int16_t',
    'int32_t',
    'int64_t',
    'uintptr_t',
    'intptr_t',
  ],
  cstddef: ['size_t', 'byte', 'nullptr_t', 'ptrdiff_t'],
  cstring: ['memcpy', 'strlen', 'memset', 'strcmp', 'memmove'],
  cstdio: ['printf', 'fprintf', 'puts', 'snprintf', 'FILE', 'fopen'],
  cstdlib: ['malloc', 'free', 'exit', 'abort', 'getenv'],
  cassert: ['assert'],
  span: ['span'],
  latch: ['latch'],
  semaphore: ['counting_semaphore', 'binary_semaphore'],
  type_traits: ['is_same_v', 'decay_t', 'enable_if_t', 'is_same'],
  filesystem: ['filesystem'],
}
const HEADER_OF = new Map(
  Object.entries(OF).flatMap(([header, names]) => names.map((name) => [name, header] as const)),
)

/** The same of names that others may have too: they are meant where `std::` stands before them. */
const OF_STD: Record<string, string> = {
  algorithm:
    'for_each find_if_not count count_if all_of any_of none_of fill generate unique max_element min_element clamp sample copy_if copy_n copy_backward move_backward transform replace replace_if remove_if remove_copy_if partition stable_partition stable_sort partial_sort nth_element lower_bound upper_bound equal_range binary_search set_union set_intersection set_difference merge inplace_merge includes rotate reverse shuffle search adjacent_find mismatch equal lexicographical_compare swap_ranges iter_swap for_each_n minmax minmax_element is_sorted next_permutation push_heap pop_heap make_heap sort_heap',
  any: 'any any_cast',
  array: 'to_array',
  barrier: 'barrier',
  bit: 'bit_cast popcount has_single_bit bit_ceil bit_floor bit_width rotl rotr countl_zero countr_zero endian',
  bitset: 'bitset',
  charconv: 'from_chars to_chars',
  cmath: 'sqrt pow floor ceil',
  compare: 'strong_ordering weak_ordering partial_ordering is_eq is_lt compare_three_way',
  concepts:
    'same_as derived_from convertible_to common_with integral signed_integral unsigned_integral floating_point assignable_from swappable destructible constructible_from default_initializable move_constructible copy_constructible equality_comparable totally_ordered movable copyable semiregular regular invocable predicate',
  execution: 'execution',
  expected: 'expected unexpected',
  format:
    'format vformat format_to make_format_args formatter format_parse_context format_context format_error',
  forward_list: 'forward_list',
  functional: 'bind_front reference_wrapper invoke plus less greater',
  initializer_list: 'initializer_list',
  iterator:
    'input_iterator_tag output_iterator_tag forward_iterator_tag bidirectional_iterator_tag random_access_iterator_tag back_inserter ostream_iterator istream_iterator make_move_iterator',
  limits: 'numeric_limits',
  list: 'list',
  memory: 'allocator addressof',
  numbers: 'numbers',
  numeric:
    'midpoint accumulate iota reduce gcd lcm inclusive_scan exclusive_scan transform_reduce transform_inclusive_scan transform_exclusive_scan partial_sum inner_product adjacent_difference',
  print: 'print println',
  random: 'mt19937 random_device uniform_int_distribution',
  ranges: 'ranges views',
  regex: 'regex smatch regex_match',
  shared_mutex: 'shared_mutex shared_lock',
  source_location: 'source_location',
  stack: 'stack',
  syncstream: 'osyncstream',
  type_traits:
    'integral_constant is_integral is_integral_v is_floating_point_v is_void is_void_v is_base_of_v is_convertible_v is_trivially_copyable_v is_lvalue_reference_v enable_if conditional conditional_t remove_cv_t remove_cvref_t remove_reference_t invoke_result_t add_pointer_t underlying_type_t is_constant_evaluated void_t true_type false_type common_type_t',
  utility:
    'integer_sequence index_sequence make_index_sequence in_place declval cmp_less cmp_greater cmp_equal',
}
const HEADER_OF_STD = new Map(
  Object.entries(OF_STD).flatMap(([header, names]) =>
    names.split(' ').map((name) => [name, header] as const),
  ),
)

export const STANDARD_HEADERS: readonly string[] = [
  ...new Set([...Object.keys(OF), ...Object.keys(OF_STD), 'coroutine', 'latch', 'semaphore', 'stop_token']),
]

/** The standard header that declares a name, which `std::` stands before or not; `null` for a name of somebody else. */
export const standardHeader = (name: string, isOfStd: boolean): string | null =>
  HEADER_OF.get(name) ?? (isOfStd ? HEADER_OF_STD.get(name) : undefined) ?? null
