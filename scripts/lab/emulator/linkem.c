/* linkem NAMESPACE_A DEVICE_A NAMESPACE_B DEVICE_B
 *
 * The link emulator: makes a TUN device in each of two network namespaces and carries IP packets between them over a link as
 * way.h describes it; up is from A to B. Begins without any limit.
 *
 * Prints `{"ready":true}`, then reads commands, one a line, and answers each with one line of JSON: those of link.h with
 * `{"ok":true}` or `{"ok":false,"problem":"…"}`, `stats` with the counts, `quit` by ending. The end of the input is a quit
 * too, so that the emulator, and with it its devices, go with whoever started it.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include <linux/if.h>
#include <linux/if_tun.h>

#include "link.h"
#include "netns.h"

/* Packets taken from one device before the other has its turn. */
#define BATCH 64

static struct link link_;
static int devices[2];
static int is_done;

/* How late packets were handed on, and how many the other end's kernel refused (a device that is down): whether the
 * emulator itself, not the link it plays, shaped the traffic. */
static struct histogram lateness;
static uint64_t refused[2];

static ns_t clock_now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static int open_tun(const char *namespace, const char *name)
{
	netns_enter(namespace);
	struct ifreq request = {.ifr_flags = IFF_TUN | IFF_NO_PI};
	snprintf(request.ifr_name, IFNAMSIZ, "%s", name);
	int fd = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0 || ioctl(fd, TUNSETIFF, &request)) {
		perror(fd < 0 ? "/dev/net/tun" : name);
		exit(1);
	}
	return fd;
}

static void take_from_device(int i)
{
	static unsigned char buffer[65536];
	for (int n = 0; n < BATCH; n++) {
		ssize_t length = read(devices[i], buffer, sizeof buffer);
		if (length <= 0)
			return; /* nothing more, or the device is down */
		struct packet *packet = packet_create((uint32_t)length);
		if (!packet)
			abort();
		memcpy(packet->data, buffer, (size_t)length);
		way_offer(&link_.ways[i], packet, clock_now());
	}
}

static void deliver(int i)
{
	for (struct packet *packet; (packet = way_take(&link_.ways[i], clock_now())); free(packet)) {
		if (write(devices[!i], packet->data, packet->length) != (ssize_t)packet->length)
			refused[i]++;
		histogram_add(&lateness, clock_now() - packet->due);
	}
}

static void print_stats(void)
{
	putchar('{');
	link_print_counts(&link_, stdout, clock_now());
	printf(",\"refused\":{\"up\":%llu,\"down\":%llu},\"lateMs\":{\"mean\":%.3f,\"p99\":%.3f,\"max\":%.3f}}\n",
	       (unsigned long long)refused[UP], (unsigned long long)refused[DOWN], histogram_mean_ms(&lateness),
	       histogram_percentile_ms(&lateness, 0.99), histogram_max_ms(&lateness));
}

/* What people typed may hold anything; JSON may not. */
static void print_problem(const char *problem)
{
	fputs("{\"ok\":false,\"problem\":\"", stdout);
	for (; *problem; problem++)
		putchar(*problem == '"' || *problem == '\\' || (unsigned char)*problem < ' ' ? '?' : *problem);
	puts("\"}");
}

static void obey(char *line)
{
	if (!strcmp(line, "quit")) {
		is_done = 1;
	} else if (!strcmp(line, "stats")) {
		print_stats();
	} else {
		if (!strcmp(line, "reset")) {
			histogram_clear(&lateness);
			refused[UP] = refused[DOWN] = 0;
		}
		const char *problem = link_command(&link_, line, clock_now());
		if (problem)
			print_problem(problem);
		else
			puts("{\"ok\":true}");
	}
	fflush(stdout);
}

static void read_commands(void)
{
	static char buffer[4096];
	static size_t used;
	ssize_t length = read(STDIN_FILENO, buffer + used, sizeof buffer - 1 - used);
	if (length < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (length <= 0) {
		is_done = 1;
		return;
	}
	used += (size_t)length;
	buffer[used] = '\0';
	for (char *end; !is_done && (end = strchr(buffer, '\n'));) {
		*end = '\0';
		obey(buffer);
		used -= (size_t)(end + 1 - buffer);
		memmove(buffer, end + 1, used + 1);
	}
	if (used == sizeof buffer - 1) {
		print_problem("the line is too long");
		fflush(stdout);
		used = 0;
	}
}

int main(int count, char **words)
{
	if (count != 5) {
		fprintf(stderr, "usage: linkem NAMESPACE_A DEVICE_A NAMESPACE_B DEVICE_B\n");
		return 2;
	}
	signal(SIGPIPE, SIG_IGN);
	devices[0] = open_tun(words[1], words[2]);
	devices[1] = open_tun(words[3], words[4]);
	link_init(&link_, clock_now());
	prefer_this_process();
	puts("{\"ready\":true}");
	fflush(stdout);

	while (!is_done) {
		deliver(UP);
		deliver(DOWN);
		ns_t next = way_next(&link_.ways[UP]);
		if (way_next(&link_.ways[DOWN]) < next)
			next = way_next(&link_.ways[DOWN]);
		struct timespec timeout, *wait = NULL;
		if (next != NEVER) {
			ns_t left = next - clock_now();
			if (left < 0)
				left = 0;
			timeout = (struct timespec){left / 1000000000LL, left % 1000000000LL};
			wait = &timeout;
		}
		struct pollfd polled[3] = {{devices[0], POLLIN, 0}, {devices[1], POLLIN, 0}, {STDIN_FILENO, POLLIN, 0}};
		if (ppoll(polled, 3, wait, NULL) <= 0)
			continue;
		for (int i = UP; i <= DOWN; i++)
			if (polled[i].revents & POLLIN)
				take_from_device(i);
		if (polled[2].revents)
			read_commands();
	}
	link_close(&link_);
	close(devices[0]);
	close(devices[1]);
	return 0;
}
