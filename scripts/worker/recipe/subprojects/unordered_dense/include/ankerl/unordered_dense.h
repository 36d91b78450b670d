// The names of ankerl::unordered_dense (https://github.com/martinus/unordered_dense) that mediasoup-worker uses, as the
// standard library's containers. Those keep references valid where the original does not, so code that is correct with
// the original is correct with them.
#pragma once

#include <functional>
#include <memory>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace ankerl::unordered_dense
{
	template<typename T>
	using hash = std::hash<T>;

	template<
	  typename Key,
	  typename Value,
	  typename Hash      = hash<Key>,
	  typename KeyEqual  = std::equal_to<Key>,
	  typename Allocator = std::allocator<std::pair<const Key, Value>>>
	using map = std::unordered_map<Key, Value, Hash, KeyEqual, Allocator>;

	template<
	  typename Key,
	  typename Hash      = hash<Key>,
	  typename KeyEqual  = std::equal_to<Key>,
	  typename Allocator = std::allocator<Key>>
	using set = std::unordered_set<Key, Hash, KeyEqual, Allocator>;
} // namespace ankerl::unordered_dense
