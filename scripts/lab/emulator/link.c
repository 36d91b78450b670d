#include "link.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const char *const WAY_NAMES[2] = {"up", "down"};

/* What a line asks for, gathered whole before anything of it is done. */
struct change {
	struct way_settings settings[2];
	int has_cut[2];
	double cut_ms[2]; /* 0: not cut; negative: until told otherwise */
	int has_seed;
	uint64_t seed;
};

static char problem[160];

static const char *complain(const char *what, const char *word)
{
	snprintf(problem, sizeof problem, "%s: %.100s", what, word);
	return problem;
}

/* A finite decimal number and nothing else; 0 when it is not one. */
static int parse_number(const char *text, double *number)
{
	char *end;
	if (strspn(text, "0123456789.") != strlen(text) || !*text)
		return 0;
	*number = strtod(text, &end);
	return !*end;
}

static double *setting_of(struct way_settings *settings, const char *key)
{
	const struct {
		const char *key;
		double *value;
	} known[] = {
		{"delay", &settings->delay_ms},   {"jitter", &settings->jitter_ms},   {"rate", &settings->rate_kbps},
		{"queue", &settings->queue_bytes}, {"loss", &settings->loss_percent}, {"burst", &settings->burst_ms},
		{"gap", &settings->gap_ms},       {"every", &settings->gap_every_ms},
	};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (!strcmp(key, known[i].key))
			return known[i].value;
	return NULL;
}

static const char *parse_cut(const char *value, double *ms)
{
	if (!strcmp(value, "on"))
		*ms = -1;
	else if (!strcmp(value, "off"))
		*ms = 0;
	else if (!parse_number(value, ms) || *ms > 3.6e6)
		return complain("cut must be on, off or up to 3600000 ms", value);
	return NULL;
}

static const char *parse_word(struct change *change, char *word)
{
	char *value = strchr(word, '=');
	if (!value)
		return complain("not KEY=VALUE", word);
	*value++ = '\0';
	if (!strcmp(word, "seed")) {
		char *end;
		errno = 0;
		change->seed = strtoull(value, &end, 10);
		change->has_seed = 1;
		return *value < '0' || *value > '9' || *end || errno ? complain("seed must be a whole number", value) : NULL;
	}
	int first = UP, last = DOWN;
	if (!strncmp(word, "up.", 3)) {
		last = UP;
		word += 3;
	} else if (!strncmp(word, "down.", 5)) {
		first = DOWN;
		word += 5;
	}
	for (int i = first; i <= last; i++) {
		if (!strcmp(word, "cut")) {
			const char *wrong = parse_cut(value, &change->cut_ms[i]);
			if (wrong)
				return wrong;
			change->has_cut[i] = 1;
			continue;
		}
		double *setting = setting_of(&change->settings[i], word);
		if (!setting)
			return complain("unknown key", word);
		if (!parse_number(value, setting))
			return complain("not a number", value);
	}
	return NULL;
}

static ns_t end_of_cut(double ms, ns_t now)
{
	return ms < 0 ? NEVER : now + (ns_t)(ms * NS_PER_MS);
}

static const char *set(struct link *link, char **rest, ns_t now)
{
	struct change change = {.settings = {link->ways[UP].settings, link->ways[DOWN].settings}};
	const char *wrong;
	for (char *word; (word = strtok_r(NULL, " \t", rest));)
		if ((wrong = parse_word(&change, word)))
			return wrong;
	for (int i = UP; i <= DOWN; i++)
		if ((wrong = way_check(&change.settings[i])))
			return complain(WAY_NAMES[i], wrong);

	for (int i = UP; i <= DOWN; i++) {
		way_configure(&link->ways[i], &change.settings[i], now);
		if (change.has_cut[i])
			way_cut(&link->ways[i], end_of_cut(change.cut_ms[i], now), now);
		if (change.has_seed)
			way_seed(&link->ways[i], change.seed, (unsigned)i, now);
	}
	return NULL;
}

void link_init(struct link *link, ns_t now)
{
	link->counting_since = now;
	for (int i = UP; i <= DOWN; i++) {
		way_init(&link->ways[i], now);
		way_seed(&link->ways[i], 0, (unsigned)i, now);
	}
}

void link_close(struct link *link)
{
	for (int i = UP; i <= DOWN; i++)
		way_close(&link->ways[i]);
}

const char *link_command(struct link *link, char *line, ns_t now)
{
	char *rest;
	const char *verb = strtok_r(line, " \t", &rest);
	if (verb && !strcmp(verb, "set"))
		return set(link, &rest, now);
	if (verb && !strcmp(verb, "reset")) {
		link->counting_since = now;
		for (int i = UP; i <= DOWN; i++)
			memset(&link->ways[i].counts, 0, sizeof link->ways[i].counts);
		return NULL;
	}
	return complain("unknown command", verb ? verb : "");
}

void link_print_counts(struct link *link, FILE *out, ns_t now)
{
	fprintf(out, "\"ms\":%.3f", (double)(now - link->counting_since) / NS_PER_MS);
	for (int i = UP; i <= DOWN; i++) {
		const struct way *way = &link->ways[i];
		const struct way_counts *counts = &way->counts;
		fprintf(out,
			",\"%s\":{\"offered\":{\"packets\":%llu,\"bytes\":%llu},\"delivered\":{\"packets\":%llu,\"bytes\":%llu},"
			"\"lost\":{\"queue\":%llu,\"air\":%llu,\"gap\":%llu,\"cut\":%llu},"
			"\"queueMs\":{\"mean\":%.3f,\"p95\":%.3f,\"max\":%.3f},\"queuedBytes\":%llu,\"airPackets\":%llu}",
			WAY_NAMES[i], (unsigned long long)counts->offered, (unsigned long long)counts->offered_bytes,
			(unsigned long long)counts->delivered, (unsigned long long)counts->delivered_bytes,
			(unsigned long long)counts->lost_queue, (unsigned long long)counts->lost_air,
			(unsigned long long)counts->lost_gap, (unsigned long long)counts->lost_cut,
			histogram_mean_ms(&counts->wait), histogram_percentile_ms(&counts->wait, 0.95),
			histogram_max_ms(&counts->wait), (unsigned long long)way->queued_bytes,
			(unsigned long long)way->air_packets);
	}
}
