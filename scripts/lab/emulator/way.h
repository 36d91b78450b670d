/* One direction of a link, as a pure model: it is told the time, knows no clock, no device and no thread, and behaves the
 * same in a test that plays an hour in a second as under real packets.
 *
 *     offered → drop-tail queue, served at the link's rate → the air: cut? gap? loss? → delay and jitter → delivered
 *
 * What the air does (bursts of loss, gaps, jitter) is a process in time that depends on the seed only, never on the
 * traffic: two runs with one seed meet the same weather at the same moments, whatever they send. Only loss without bursts
 * (`burst_ms` 0) is drawn packet by packet. The order of packets is always kept.
 */
#ifndef JAQYN_LAB_WAY_H
#define JAQYN_LAB_WAY_H

#include <stdint.h>

#include "histogram.h"

/* Nanoseconds on a clock that never goes back. */
typedef int64_t ns_t;
#define NS_PER_MS 1000000LL
#define NEVER INT64_MAX

struct packet {
	struct packet *next;
	ns_t entered; /* offered to the queue */
	ns_t began;   /* the link began to send it */
	ns_t due;     /* delivered at the other end */
	uint32_t length;
	unsigned char data[];
};

struct way_settings {
	double delay_ms;     /* mean of the one-way delay, without the queue and the time to send */
	double jitter_ms;    /* standard deviation of that delay over time */
	double rate_kbps;    /* of whole IP packets; 0: as fast as the machine */
	double queue_bytes;  /* IP bytes waiting and being sent; one packet always fits */
	double loss_percent; /* share of time (with bursts) or of packets (without) in which the air loses */
	double burst_ms;     /* mean length of a burst of loss; 0: each packet by itself */
	double gap_ms;       /* every `gap_every_ms` the air loses everything for so long; 0: no gaps */
	double gap_every_ms;
};

/* What became of packets; `queue` … `cut` are the reasons for which one was lost. */
struct way_counts {
	uint64_t offered, offered_bytes;
	uint64_t delivered, delivered_bytes;
	uint64_t lost_queue, lost_air, lost_gap, lost_cut;
	struct histogram wait; /* in the queue before the link began to send it */
};

struct packet_list {
	struct packet *head, *tail;
};

struct way {
	struct way_settings settings;
	struct way_counts counts;

	struct packet_list queue; /* its head is being sent until `head_done` */
	uint64_t queued_bytes;
	ns_t head_done;

	struct packet_list air;
	uint64_t air_packets;
	ns_t last_due;

	ns_t cut_until; /* 0: not cut */

	/* weather */
	ns_t origin;
	double gap_phase; /* 0 … 1 of a period */
	uint64_t loss_stream, packet_stream, jitter_stream;
	int is_bad;
	ns_t weather_until;
	double jitter_scale, jitter_shift; /* ms; see calibrate() */
	int64_t jitter_cell;
	double jitter_now;  /* ms, of the cell the time is in */
	ns_t jitter_floor;  /* nothing arrives before this, because something ahead of it has not */
};

/* Starts an empty way at `now` with no limits. The counts begin at zero. */
void way_init(struct way *way, ns_t now);

/* Frees what is held. */
void way_close(struct way *way);

/* Starts the weather of this seed at `now`. `direction` keeps the two ways of a link apart; gaps come in both at once. */
void way_seed(struct way *way, uint64_t seed, unsigned direction, ns_t now);

/* Answers NULL, or in words which setting cannot be. */
const char *way_check(const struct way_settings *settings);

/* From `now` on. What waits in the queue is sent at the new rate; settings must have passed way_check(). */
void way_configure(struct way *way, const struct way_settings *settings, ns_t now);

/* Nothing that would leave before `until` arrives. NEVER: until told otherwise; `now` or earlier: not cut. */
void way_cut(struct way *way, ns_t until, ns_t now);

/* A packet of `length` bytes whose data the caller fills in. NULL when there is no memory. */
struct packet *packet_create(uint32_t length);

/* Offers a packet, which then belongs to the way (and is freed where it is lost). */
void way_offer(struct way *way, struct packet *packet, ns_t now);

/* The next packet that has arrived by `now`, which then belongs to the caller; NULL when there is none. */
struct packet *way_take(struct way *way, ns_t now);

/* When the way has something to do next; NEVER when it is empty. */
ns_t way_next(const struct way *way);

#endif
