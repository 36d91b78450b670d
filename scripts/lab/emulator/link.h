/* A link: two ways, the weather they share, and the words by which it is told what to be. */
#ifndef JAQYN_LAB_LINK_H
#define JAQYN_LAB_LINK_H

#include <stdio.h>

#include "way.h"

enum { UP = 0, DOWN = 1 };

struct link {
	struct way ways[2];
	ns_t counting_since;
};

void link_init(struct link *link, ns_t now);
void link_close(struct link *link);

/* Does what one line of words says:
 *
 *     set [up.|down.]KEY=VALUE …    delay jitter burst gap every (ms), rate (kbit/s), queue (bytes), loss (%);
 *                                   cut=on, cut=off, cut=MS; seed=N starts the weather of that seed. All or nothing.
 *     reset                         counts from zero again
 *
 * Changes `line`. Answers NULL, or what is wrong with it in words (valid until the next call). */
const char *link_command(struct link *link, char *line, ns_t now);

/* The counts as the members of a JSON object, without its braces. */
void link_print_counts(struct link *link, FILE *out, ns_t now);

#endif
