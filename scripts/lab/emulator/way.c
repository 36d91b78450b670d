#include "way.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The air holds or releases packets in cells of this length, about the frame of a satellite or 3G link. A cell's extra delay is
 * drawn once; a packet cannot overtake one that a slower cell still holds, so packets come in bunches, as they do there. A prime
 * number of milliseconds, or audio of 20 ms would meet every cell at the same place. */
#define JITTER_CELL (17 * NS_PER_MS)
#define JITTER_SAMPLES 65536

/* --- random numbers: splitmix64, one stream for each purpose, so that none depends on how often another was asked --- */

static uint64_t next_random(uint64_t *stream)
{
	uint64_t z = (*stream += 0x9e3779b97f4a7c15ULL);
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
	return z ^ (z >> 31);
}

static uint64_t open_stream(uint64_t seed, uint64_t name)
{
	uint64_t stream = seed * 0xd1342543de82ef95ULL + name;
	next_random(&stream);
	return next_random(&stream);
}

/* 0 ≤ x < 1 */
static double uniform(uint64_t *stream)
{
	return (double)(next_random(stream) >> 11) * 0x1p-53;
}

static double exponential(uint64_t *stream, double mean)
{
	return -log(1 - uniform(stream)) * mean;
}

/* Normal with deviation 1, cut off at ±4. */
static double normal(uint64_t *stream)
{
	double radius = sqrt(-2 * log(1 - uniform(stream)));
	double x = radius * cos(2 * M_PI * uniform(stream));
	return x < -4 ? -4 : x > 4 ? 4 : x;
}

/* --- lists --- */

static void append(struct packet_list *list, struct packet *packet)
{
	packet->next = NULL;
	if (list->tail)
		list->tail->next = packet;
	else
		list->head = packet;
	list->tail = packet;
}

static struct packet *detach(struct packet_list *list)
{
	struct packet *packet = list->head;
	list->head = packet->next;
	if (!list->head)
		list->tail = NULL;
	return packet;
}

static void free_all(struct packet_list *list)
{
	while (list->head)
		free(detach(list));
}

struct packet *packet_create(uint32_t length)
{
	struct packet *packet = calloc(1, sizeof *packet + length);
	if (packet)
		packet->length = length;
	return packet;
}

/* --- jitter --- */

static ns_t from_ms(double ms)
{
	return (ns_t)llround(ms * (double)NS_PER_MS);
}

/* Keeping the order makes delays on average longer and less spread than what is drawn for the cells. This finds what to draw
 * so that mean and deviation over time come out as configured, by playing the process on fixed numbers. */
static void calibrate(struct way *way)
{
	const double wanted = way->settings.jitter_ms;
	way->jitter_scale = way->jitter_shift = 0;
	if (wanted <= 0)
		return;
	static double draws[JITTER_SAMPLES];
	static int is_drawn;
	if (!is_drawn) {
		uint64_t stream = open_stream(1, 1);
		for (int i = 0; i < JITTER_SAMPLES; i++)
			draws[i] = normal(&stream);
		is_drawn = 1;
	}
	const double cell = (double)JITTER_CELL / NS_PER_MS;
	double low = wanted, high = 50 * wanted;
	for (int round = 0; round < 24; round++) {
		double scale = (low + high) / 2, floor = -1e9, sum = 0, squares = 0;
		int points = 0;
		for (int i = 0; i < JITTER_SAMPLES; i++) {
			double drawn = scale * draws[i];
			for (int quarter = 0; quarter < 4; quarter++) {
				double at = (i + (quarter + 0.5) / 4) * cell;
				double delay = fmax(drawn, floor - at);
				sum += delay;
				squares += delay * delay;
				points++;
			}
			floor = fmax(floor, (i + 1) * cell + drawn);
		}
		double mean = sum / points, deviation = sqrt(squares / points - mean * mean);
		way->jitter_scale = scale;
		way->jitter_shift = mean;
		if (deviation < wanted)
			low = scale;
		else
			high = scale;
	}
}

/* How much longer than the mean the air takes with what enters it at `at`; `at` never goes back. */
static double jitter_at(struct way *way, ns_t at)
{
	if (way->jitter_scale <= 0)
		return 0;
	int64_t cell = (at - way->origin) / JITTER_CELL;
	while (way->jitter_cell < cell) {
		if (way->jitter_cell >= 0) {
			ns_t end = way->origin + (way->jitter_cell + 1) * JITTER_CELL;
			ns_t last = end + from_ms(way->jitter_now);
			if (last > way->jitter_floor)
				way->jitter_floor = last;
		}
		way->jitter_cell++;
		way->jitter_now = way->jitter_scale * normal(&way->jitter_stream);
	}
	double held = (double)(way->jitter_floor - at) / NS_PER_MS;
	return fmax(way->jitter_now, held) - way->jitter_shift;
}

static void restart_jitter(struct way *way)
{
	way->jitter_cell = -1;
	way->jitter_now = 0;
	way->jitter_floor = way->origin - from_ms(1000 * 60);
}

/* --- loss: Gilbert and Elliott's two states in continuous time, so that a burst lasts so long whatever is sent --- */

static double mean_stay_ms(const struct way *way)
{
	double loss = way->settings.loss_percent / 100;
	return way->is_bad ? way->settings.burst_ms : way->settings.burst_ms * (1 - loss) / loss;
}

static int has_bursts(const struct way_settings *settings)
{
	return settings->burst_ms > 0 && settings->loss_percent > 0 && settings->loss_percent < 100;
}

static void restart_loss(struct way *way, ns_t now)
{
	if (!has_bursts(&way->settings))
		return;
	way->is_bad = uniform(&way->loss_stream) < way->settings.loss_percent / 100;
	way->weather_until = now + from_ms(exponential(&way->loss_stream, mean_stay_ms(way)));
}

static int is_lost_at(struct way *way, ns_t at)
{
	const double loss = way->settings.loss_percent / 100;
	if (!has_bursts(&way->settings))
		return loss > 0 && uniform(&way->packet_stream) < loss;
	while (way->weather_until <= at) {
		way->is_bad = !way->is_bad;
		way->weather_until += from_ms(exponential(&way->loss_stream, mean_stay_ms(way)));
	}
	return way->is_bad;
}

static int is_gap_at(const struct way *way, ns_t at)
{
	const struct way_settings *settings = &way->settings;
	if (settings->gap_ms <= 0)
		return 0;
	double since = (double)(at - way->origin) / NS_PER_MS + way->gap_phase * settings->gap_every_ms;
	return fmod(since, settings->gap_every_ms) < settings->gap_ms;
}

/* --- the queue and the link behind it --- */

static ns_t time_to_send(const struct way *way, const struct packet *packet)
{
	if (way->settings.rate_kbps <= 0)
		return 0;
	return from_ms((double)packet->length * 8 / way->settings.rate_kbps);
}

static void begin_head(struct way *way, ns_t at)
{
	way->queue.head->began = at;
	way->head_done = at + time_to_send(way, way->queue.head);
}

/* The packet has been sent at `at`: it is in the air, or lost there. */
static void depart(struct way *way, struct packet *packet, ns_t at)
{
	histogram_add(&way->counts.wait, packet->began - packet->entered);
	uint64_t *lost = NULL;
	if (at < way->cut_until)
		lost = &way->counts.lost_cut;
	else if (is_gap_at(way, at))
		lost = &way->counts.lost_gap;
	else if (is_lost_at(way, at))
		lost = &way->counts.lost_air;
	if (lost) {
		++*lost;
		free(packet);
		return;
	}
	packet->due = at + from_ms(fmax(0, way->settings.delay_ms + jitter_at(way, at)));
	/* A shorter delay set a moment ago lets nothing overtake what left before. */
	if (packet->due < way->last_due)
		packet->due = way->last_due;
	way->last_due = packet->due;
	append(&way->air, packet);
	way->air_packets++;
}

/* Everything the link has sent by `now`, in its order and at its own times, however late this is called. */
static void advance(struct way *way, ns_t now)
{
	while (way->queue.head && way->head_done <= now) {
		ns_t at = way->head_done;
		struct packet *packet = detach(&way->queue);
		way->queued_bytes -= packet->length;
		if (way->queue.head)
			begin_head(way, at);
		depart(way, packet, at);
	}
}

/* --- from outside --- */

void way_init(struct way *way, ns_t now)
{
	memset(way, 0, sizeof *way);
	way->settings.queue_bytes = 64000;
	way_seed(way, 0, 0, now);
}

void way_close(struct way *way)
{
	free_all(&way->queue);
	free_all(&way->air);
}

void way_seed(struct way *way, uint64_t seed, unsigned direction, ns_t now)
{
	advance(way, now);
	way->origin = now;
	way->loss_stream = open_stream(seed, 16 + direction);
	way->packet_stream = open_stream(seed, 32 + direction);
	way->jitter_stream = open_stream(seed, 48 + direction);
	uint64_t gap_stream = open_stream(seed, 64);
	way->gap_phase = uniform(&gap_stream);
	restart_jitter(way);
	restart_loss(way, now);
}

static int is_within(double value, double low, double high)
{
	return value >= low && value <= high; /* false for what is not a number */
}

const char *way_check(const struct way_settings *settings)
{
	if (!is_within(settings->delay_ms, 0, 60000))
		return "delay must be 0 to 60000 ms";
	if (!is_within(settings->jitter_ms, 0, 1000))
		return "jitter must be 0 to 1000 ms";
	if (!is_within(settings->rate_kbps, 0, 1e7))
		return "rate must be 0 (no limit) to 10000000 kbit/s";
	if (!is_within(settings->queue_bytes, 0, 1e9))
		return "queue must be 0 to 1000000000 bytes";
	if (!is_within(settings->loss_percent, 0, 100))
		return "loss must be 0 to 100 %";
	if (settings->burst_ms != 0 && !is_within(settings->burst_ms, 1, 60000))
		return "burst must be 0 (each packet by itself) or 1 to 60000 ms";
	if (!is_within(settings->gap_ms, 0, 600000))
		return "gap must be 0 to 600000 ms";
	if (settings->gap_ms > 0 && !is_within(settings->gap_every_ms, settings->gap_ms, 3600000))
		return "every must be as long as gap at least, and 3600000 ms at most";
	return NULL;
}

void way_configure(struct way *way, const struct way_settings *settings, ns_t now)
{
	advance(way, now);
	const struct way_settings before = way->settings;
	way->settings = *settings;
	if (way->queue.head && before.rate_kbps != settings->rate_kbps) {
		/* Without a limit nothing waits, so there was one before. */
		double left = (double)(way->head_done - now) * before.rate_kbps;
		way->head_done = now + (settings->rate_kbps > 0 ? (ns_t)(left / settings->rate_kbps) : 0);
	}
	if (before.jitter_ms != settings->jitter_ms)
		calibrate(way);
	if (before.loss_percent != settings->loss_percent || before.burst_ms != settings->burst_ms)
		restart_loss(way, now);
}

void way_cut(struct way *way, ns_t until, ns_t now)
{
	advance(way, now);
	way->cut_until = until > now ? until : 0;
}

void way_offer(struct way *way, struct packet *packet, ns_t now)
{
	advance(way, now);
	way->counts.offered++;
	way->counts.offered_bytes += packet->length;
	if (way->queue.head && (double)(way->queued_bytes + packet->length) > way->settings.queue_bytes) {
		way->counts.lost_queue++;
		free(packet);
		return;
	}
	packet->entered = now;
	append(&way->queue, packet);
	way->queued_bytes += packet->length;
	if (way->queue.head == packet) {
		begin_head(way, now);
		advance(way, now); /* without a limit it has left already */
	}
}

struct packet *way_take(struct way *way, ns_t now)
{
	advance(way, now);
	if (!way->air.head || way->air.head->due > now)
		return NULL;
	struct packet *packet = detach(&way->air);
	way->air_packets--;
	way->counts.delivered++;
	way->counts.delivered_bytes += packet->length;
	return packet;
}

ns_t way_next(const struct way *way)
{
	ns_t next = way->queue.head ? way->head_done : NEVER;
	return way->air.head && way->air.head->due < next ? way->air.head->due : next;
}
