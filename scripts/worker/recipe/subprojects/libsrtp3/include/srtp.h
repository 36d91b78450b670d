// What mediasoup-worker uses of libsrtp 3, on top of libsrtp 2.
//
// The two differ in three things that matter here. In 3
//  - a policy is an opaque handle that setters fill in; in 2 it is a struct,
//  - protecting and unprotecting read one buffer and write another of a given capacity; in 2 they work in place,
//  - srtp_remove_stream() is called srtp_stream_remove().
// The functions below overload those of libsrtp 2 by their parameters, which C++ allows and C would not.
#pragma once

#include <srtp2/srtp.h>

#include <climits>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>

// Error codes that only libsrtp 3 has, with its values. libsrtp 2 never answers them; mediasoup names them in a log table.
inline constexpr auto srtp_err_status_buffer_small = static_cast<srtp_err_status_t>(28);
inline constexpr auto srtp_err_status_cryptex_err  = static_cast<srtp_err_status_t>(29);

namespace jaqyn::srtp
{
	struct Policy
	{
		srtp_policy_t v2{};
		// libsrtp 2 takes master key and master salt in one piece.
		uint8_t key[SRTP_MAX_KEY_LEN]{};
	};

	using PolicyHandle = Policy*;

	// Copies the packet to where its result belongs and lets libsrtp 2 work on it there.
	// `growth` is how many bytes the call may add; libsrtp 2 has no way to be told the capacity.
	inline srtp_err_status_t transformInPlace(
	  srtp_err_status_t (*transform)(srtp_t, void*, int*),
	  srtp_t session,
	  const uint8_t* in,
	  size_t inLength,
	  uint8_t* out,
	  size_t* outLength,
	  size_t growth)
	{
		if (inLength > INT_MAX - growth || inLength + growth > *outLength)
		{
			return srtp_err_status_buffer_small;
		}

		if (in != out)
		{
			std::memmove(out, in, inLength);
		}

		int length                     = static_cast<int>(inLength);
		const srtp_err_status_t status = transform(session, out, &length);

		if (status == srtp_err_status_ok)
		{
			*outLength = static_cast<size_t>(length);
		}

		return status;
	}
} // namespace jaqyn::srtp

// The one name that clashes: from here on the type called srtp_policy_t is libsrtp 3's handle.
#define srtp_policy_t jaqyn::srtp::PolicyHandle

inline srtp_err_status_t srtp_policy_create(srtp_policy_t* policy)
{
	*policy = new (std::nothrow) jaqyn::srtp::Policy;

	return *policy ? srtp_err_status_ok : srtp_err_status_alloc_fail;
}

inline void srtp_policy_destroy(srtp_policy_t policy)
{
	if (policy)
	{
		// Through volatile, or the compiler may drop the wiping of key material that is freed right after.
		for (volatile uint8_t& byte : policy->key)
		{
			byte = 0;
		}
	}

	delete policy;
}

inline srtp_err_status_t srtp_policy_set_ssrc(srtp_policy_t policy, srtp_ssrc_t ssrc)
{
	policy->v2.ssrc = ssrc;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_profile(srtp_policy_t policy, srtp_profile_t profile)
{
	const srtp_err_status_t status = srtp_crypto_policy_set_from_profile_for_rtp(&policy->v2.rtp, profile);

	return status != srtp_err_status_ok ? status
	                                    : srtp_crypto_policy_set_from_profile_for_rtcp(&policy->v2.rtcp, profile);
}

inline srtp_err_status_t srtp_policy_add_key(
  srtp_policy_t policy,
  const uint8_t* key,
  size_t keyLength,
  const uint8_t* salt,
  size_t saltLength,
  const uint8_t* /*mki*/,
  size_t mkiLength)
{
	// One key without MKI is all mediasoup needs, and its length must be the one the profile (set before) asks for.
	if (
	  policy->v2.key || mkiLength != 0 ||
	  keyLength + saltLength != static_cast<size_t>(policy->v2.rtp.cipher_key_len) ||
	  keyLength + saltLength > sizeof(policy->key))
	{
		return srtp_err_status_bad_param;
	}

	std::memcpy(policy->key, key, keyLength);
	std::memcpy(policy->key + keyLength, salt, saltLength);
	policy->v2.key = policy->key;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_allow_repeat_tx(srtp_policy_t policy, bool allow)
{
	policy->v2.allow_repeat_tx = allow ? 1 : 0;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_window_size(srtp_policy_t policy, size_t size)
{
	policy->v2.window_size = size;

	return srtp_err_status_ok;
}

// libsrtp 2 derives its session keys here and keeps no pointer into the policy, so the policy may be destroyed after it.
inline srtp_err_status_t srtp_create(srtp_t* session, srtp_policy_t policy)
{
	return srtp_create(session, &policy->v2);
}

// Both libraries want the SSRC in network byte order, which is what mediasoup passes.
inline srtp_err_status_t srtp_stream_remove(srtp_t session, uint32_t ssrc)
{
	return srtp_remove_stream(session, ssrc);
}

inline srtp_err_status_t srtp_protect(
  srtp_t session, const uint8_t* rtp, size_t rtpLength, uint8_t* srtp, size_t* srtpLength, size_t /*mkiIndex*/)
{
	return jaqyn::srtp::transformInPlace(
	  srtp_protect, session, rtp, rtpLength, srtp, srtpLength, SRTP_MAX_TRAILER_LEN);
}

inline srtp_err_status_t srtp_unprotect(
  srtp_t session, const uint8_t* srtp, size_t srtpLength, uint8_t* rtp, size_t* rtpLength)
{
	return jaqyn::srtp::transformInPlace(srtp_unprotect, session, srtp, srtpLength, rtp, rtpLength, 0);
}

// SRTCP adds four bytes (the E flag and the index) to what SRTP adds.
inline srtp_err_status_t srtp_protect_rtcp(
  srtp_t session, const uint8_t* rtcp, size_t rtcpLength, uint8_t* srtcp, size_t* srtcpLength, size_t /*mkiIndex*/)
{
	return jaqyn::srtp::transformInPlace(
	  srtp_protect_rtcp, session, rtcp, rtcpLength, srtcp, srtcpLength, SRTP_MAX_TRAILER_LEN + 4);
}

inline srtp_err_status_t srtp_unprotect_rtcp(
  srtp_t session, const uint8_t* srtcp, size_t srtcpLength, uint8_t* rtcp, size_t* rtcpLength)
{
	return jaqyn::srtp::transformInPlace(srtp_unprotect_rtcp, session, srtcp, srtcpLength, rtcp, rtcpLength, 0);
}
