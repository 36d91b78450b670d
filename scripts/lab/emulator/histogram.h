/* Durations counted in bins of 0.25 ms up to 16 s, for a mean, a maximum and percentiles without keeping every value. */
#ifndef JAQYN_LAB_HISTOGRAM_H
#define JAQYN_LAB_HISTOGRAM_H

#include <stdint.h>
#include <string.h>

#define HISTOGRAM_BINS 65536
#define HISTOGRAM_BIN_NS 250000LL

struct histogram {
	uint64_t count;
	double sum_ns;
	int64_t max_ns;
	uint32_t bins[HISTOGRAM_BINS];
};

static inline void histogram_clear(struct histogram *histogram)
{
	memset(histogram, 0, sizeof *histogram);
}

static inline void histogram_add(struct histogram *histogram, int64_t ns)
{
	if (ns < 0)
		ns = 0;
	int64_t bin = ns / HISTOGRAM_BIN_NS;
	histogram->bins[bin < HISTOGRAM_BINS ? bin : HISTOGRAM_BINS - 1]++;
	histogram->count++;
	histogram->sum_ns += (double)ns;
	if (ns > histogram->max_ns)
		histogram->max_ns = ns;
}

static inline double histogram_mean_ms(const struct histogram *histogram)
{
	return histogram->count ? histogram->sum_ns / (double)histogram->count / 1e6 : 0;
}

static inline double histogram_max_ms(const struct histogram *histogram)
{
	return (double)histogram->max_ns / 1e6;
}

/* The upper edge of the bin that holds the percentile `share` (0 … 1), never above the maximum. */
static inline double histogram_percentile_ms(const struct histogram *histogram, double share)
{
	double wanted = share * (double)histogram->count;
	uint64_t seen = 0;
	for (int64_t bin = 0; bin < HISTOGRAM_BINS - 1; bin++) {
		seen += histogram->bins[bin];
		if (seen && (double)seen >= wanted) {
			int64_t edge = (bin + 1) * HISTOGRAM_BIN_NS;
			return (double)(edge < histogram->max_ns ? edge : histogram->max_ns) / 1e6;
		}
	}
	return histogram_max_ms(histogram);
}

#endif
