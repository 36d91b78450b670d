/* probe NAMESPACE_A ADDRESS_A NAMESPACE_B ADDRESS_B KEY=VALUE …
 *
 * Measures what lies between two network namespaces of this machine by numbered UDP packets. One process has the sockets of
 * both ends and so one clock: delays are one-way, stamped by the kernel on arrival. A is the lower end: up is from A to B.
 *
 *     up.every=MS up.size=BYTES up.ms=MS     packets of whole IP size from A to B, so often, for so long; likewise down.
 *     echo=1                                 what comes up is sent back: delays of up are there and back
 *     wait=MS                                how long to wait for the last ones (5000)
 *
 * Prints one line for each packet, `up|down SENT_MS DELAY_MS`, the delay -1 where it did not come.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "netns.h"

#define HEADERS 28 /* IPv4 and UDP */
#define PORT 9

typedef long long ns_t;

enum { UP, DOWN };
static const char *const WAY_NAMES[2] = {"up", "down"};

struct mark {
	unsigned way, number;
};

struct flow {
	double every_ms, size, ms;
	ns_t *sent, *arrived;
	unsigned count, total, received;
};

static struct flow flows[2];
static int sockets[2];
static struct sockaddr_in addresses[2];
static double has_echo, wait_ms = 5000;

static ns_t clock_now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_REALTIME, &time); /* the kernel's stamps are on this one */
	return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static void die(const char *what)
{
	perror(what);
	exit(1);
}

static int open_socket(const char *namespace, const char *address, struct sockaddr_in *bound)
{
	netns_enter(namespace);
	*bound = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons(PORT)};
	if (inet_pton(AF_INET, address, &bound->sin_addr) != 1) {
		fprintf(stderr, "probe: no address: %s\n", address);
		exit(2);
	}
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), on = 1, room = 8 << 20;
	if (fd < 0 || bind(fd, (struct sockaddr *)bound, sizeof *bound))
		die(address);
	setsockopt(fd, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on);
	setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof room);
	setsockopt(fd, SOL_SOCKET, SO_SNDBUFFORCE, &room, sizeof room);
	return fd;
}

static void parse_word(const char *word)
{
	static const struct {
		const char *key;
		double *value;
	} known[] = {
		{"up.every", &flows[UP].every_ms},     {"up.size", &flows[UP].size},     {"up.ms", &flows[UP].ms},
		{"down.every", &flows[DOWN].every_ms}, {"down.size", &flows[DOWN].size}, {"down.ms", &flows[DOWN].ms},
		{"echo", &has_echo},                   {"wait", &wait_ms},
	};
	const char *value = strchr(word, '=');
	for (size_t i = 0; value && i < sizeof known / sizeof *known; i++) {
		if (strlen(known[i].key) == (size_t)(value - word) && !strncmp(word, known[i].key, (size_t)(value - word))) {
			*known[i].value = atof(value + 1);
			return;
		}
	}
	fprintf(stderr, "probe: not understood: %s\n", word);
	exit(2);
}

static void plan(struct flow *flow)
{
	if (flow->ms <= 0)
		return;
	if (flow->every_ms < 0.01 || flow->size < HEADERS + sizeof(struct mark) || flow->size > 1500) {
		fprintf(stderr, "probe: every must be 0.01 ms at least, size 36 to 1500 bytes\n");
		exit(2);
	}
	flow->total = (unsigned)(flow->ms / flow->every_ms);
	flow->sent = calloc(flow->total, sizeof *flow->sent);
	flow->arrived = calloc(flow->total, sizeof *flow->arrived);
	if (!flow->sent || !flow->arrived)
		die("memory");
}

static void send_packet(int way)
{
	static unsigned char data[1500];
	struct flow *flow = &flows[way];
	struct mark mark = {(unsigned)way, flow->count};
	memcpy(data, &mark, sizeof mark);
	flow->sent[flow->count++] = clock_now();
	const struct sockaddr_in *to = &addresses[!way];
	/* One that the sender's own kernel will not take is lost like any other. */
	(void)!sendto(sockets[way], data, (size_t)flow->size - HEADERS, 0, (const struct sockaddr *)to, sizeof *to);
}

static ns_t stamp_of(struct msghdr *message)
{
	for (struct cmsghdr *part = CMSG_FIRSTHDR(message); part; part = CMSG_NXTHDR(message, part)) {
		if (part->cmsg_level == SOL_SOCKET && part->cmsg_type == SCM_TIMESTAMPNS) {
			struct timespec time;
			memcpy(&time, CMSG_DATA(part), sizeof time);
			return time.tv_sec * 1000000000LL + time.tv_nsec;
		}
	}
	return clock_now();
}

static void receive(int end)
{
	static unsigned char data[1500];
	for (;;) {
		char control[128];
		struct sockaddr_in from;
		struct iovec part = {data, sizeof data};
		struct msghdr message = {.msg_name = &from,
					 .msg_namelen = sizeof from,
					 .msg_iov = &part,
					 .msg_iovlen = 1,
					 .msg_control = control,
					 .msg_controllen = sizeof control};
		ssize_t length = recvmsg(sockets[end], &message, 0);
		if (length < 0)
			return;
		struct mark mark;
		if ((size_t)length < sizeof mark)
			continue;
		memcpy(&mark, data, sizeof mark);
		if (mark.way > DOWN || mark.number >= flows[mark.way].count)
			continue;
		if (has_echo && end == 1 && mark.way == UP) {
			(void)!sendto(sockets[end], data, (size_t)length, 0, (struct sockaddr *)&from, sizeof from);
			continue;
		}
		struct flow *flow = &flows[mark.way];
		if (!flow->arrived[mark.number])
			flow->received++;
		flow->arrived[mark.number] = stamp_of(&message);
	}
}

static ns_t due_at(const struct flow *flow, ns_t began)
{
	return began + (ns_t)(flow->count * flow->every_ms * 1e6);
}

static void run(ns_t began)
{
	ns_t last = began;
	for (;;) {
		ns_t now = clock_now(), next = 0;
		int is_sending = 0, is_missing = 0;
		for (int i = UP; i <= DOWN; i++) {
			struct flow *flow = &flows[i];
			while (flow->count < flow->total && due_at(flow, began) <= now) {
				send_packet(i);
				last = now;
			}
			if (flow->count < flow->total) {
				ns_t due = due_at(flow, began);
				next = is_sending && next < due ? next : due;
				is_sending = 1;
			}
			is_missing |= flow->received < flow->count;
		}
		if (!is_sending) {
			if (!is_missing)
				return;
			next = last + (ns_t)(wait_ms * 1e6);
			if (clock_now() >= next)
				return;
		}
		ns_t left = next - clock_now();
		struct timespec timeout = {left > 0 ? left / 1000000000LL : 0, left > 0 ? left % 1000000000LL : 0};
		struct pollfd polled[2] = {{sockets[0], POLLIN, 0}, {sockets[1], POLLIN, 0}};
		if (ppoll(polled, 2, &timeout, NULL) <= 0)
			continue;
		for (int end = 0; end < 2; end++)
			if (polled[end].revents)
				receive(end);
	}
}

int main(int count, char **words)
{
	if (count < 6) {
		fprintf(stderr, "usage: probe NAMESPACE_A ADDRESS_A NAMESPACE_B ADDRESS_B KEY=VALUE …\n");
		return 2;
	}
	for (int i = 5; i < count; i++)
		parse_word(words[i]);
	for (int i = UP; i <= DOWN; i++)
		plan(&flows[i]);
	for (int end = 0; end < 2; end++)
		sockets[end] = open_socket(words[1 + 2 * end], words[2 + 2 * end], &addresses[end]);
	prefer_this_process();
	ns_t began = clock_now();
	run(began);
	for (int i = UP; i <= DOWN; i++) {
		struct flow *flow = &flows[i];
		for (unsigned n = 0; n < flow->count; n++) {
			double delay = flow->arrived[n] ? (double)(flow->arrived[n] - flow->sent[n]) / 1e6 : -1;
			printf("%s %.3f %.3f\n", WAY_NAMES[i], (double)(flow->sent[n] - began) / 1e6, delay);
		}
		free(flow->sent);
		free(flow->arrived);
	}
	return 0;
}
