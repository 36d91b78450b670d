/* replay
 *
 * Plays a link in virtual time: hours in a second, the same on every run. Reads one command a line:
 *
 *     set … / reset                       as in link.h
 *     flow up|down every=MS size=BYTES    from now on numbered packets so often; every=0 ends them
 *     run MS                              lets so much time pass
 *
 * and at the end of its input prints one line for each packet, `up|down SENT_MS DELAY_MS`, the delay -1 where it was lost, in
 * the order of sending within a way. Ends with 1 and a word on stderr at the first wrong line.
 */
#include <stdlib.h>
#include <string.h>

#include "link.h"

static const char *const WAY_NAMES[2] = {"up", "down"};

struct flow {
	ns_t every; /* 0: none */
	uint32_t size;
	ns_t next;
	ns_t *sent, *arrived; /* by number; arrived -1: not */
	uint32_t count, room;
};

static struct link link_;
static struct flow flows[2];
static ns_t now;

static void *need(void *memory)
{
	if (!memory)
		abort();
	return memory;
}

static void send_packet(int i)
{
	struct flow *flow = &flows[i];
	if (flow->count == flow->room) {
		flow->room = flow->room ? 2 * flow->room : 1024;
		flow->sent = need(realloc(flow->sent, flow->room * sizeof *flow->sent));
		flow->arrived = need(realloc(flow->arrived, flow->room * sizeof *flow->arrived));
	}
	struct packet *packet = need(packet_create(flow->size));
	memcpy(packet->data, &flow->count, sizeof flow->count);
	flow->sent[flow->count] = now;
	flow->arrived[flow->count++] = -1;
	way_offer(&link_.ways[i], packet, now);
}

static void run(ns_t until)
{
	for (;;) {
		ns_t next = until;
		for (int i = UP; i <= DOWN; i++) {
			if (flows[i].every && flows[i].next < next)
				next = flows[i].next;
			if (way_next(&link_.ways[i]) < next)
				next = way_next(&link_.ways[i]);
		}
		now = next;
		for (int i = UP; i <= DOWN; i++) {
			for (struct packet *packet; (packet = way_take(&link_.ways[i], now)); free(packet)) {
				uint32_t number;
				memcpy(&number, packet->data, sizeof number);
				flows[i].arrived[number] = packet->due;
			}
			if (flows[i].every && flows[i].next <= now && now < until) {
				send_packet(i);
				flows[i].next += flows[i].every;
			}
		}
		if (now == until)
			return;
	}
}

static const char *obey(char *line)
{
	char name[8];
	double every, ms;
	unsigned size;
	if (sscanf(line, "flow %7s every=%lf size=%u", name, &every, &size) == 3) {
		int i = strcmp(name, "down") ? UP : DOWN;
		if (strcmp(name, WAY_NAMES[i]) || every < 0 || size < sizeof(uint32_t) || size > 65535)
			return "flow up|down every=MS size=BYTES";
		flows[i].every = (ns_t)(every * NS_PER_MS);
		flows[i].size = size;
		flows[i].next = now;
		return NULL;
	}
	if (sscanf(line, "run %lf", &ms) == 1 && ms >= 0) {
		run(now + (ns_t)(ms * NS_PER_MS));
		return NULL;
	}
	return link_command(&link_, line, now);
}

int main(void)
{
	static char line[4096];
	link_init(&link_, now);
	while (fgets(line, sizeof line, stdin)) {
		line[strcspn(line, "\n")] = '\0';
		const char *problem = obey(line);
		if (problem) {
			fprintf(stderr, "replay: %s\n", problem);
			return 1;
		}
	}
	for (int i = UP; i <= DOWN; i++) {
		struct flow *flow = &flows[i];
		for (uint32_t n = 0; n < flow->count; n++) {
			ns_t delay = flow->arrived[n] < 0 ? -NS_PER_MS : flow->arrived[n] - flow->sent[n];
			printf("%s %.3f %.3f\n", WAY_NAMES[i], (double)flow->sent[n] / NS_PER_MS, (double)delay / NS_PER_MS);
		}
		free(flow->sent);
		free(flow->arrived);
	}
	link_close(&link_);
	return 0;
}
