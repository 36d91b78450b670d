// Preloaded into a process that writes a database: logs, in order, every write, truncation and sync of the database
// file and its write-ahead log, and every acknowledgement the process notes in a third file. replay.ts makes the
// images from it that a power cut could have left.
//
//   RECORD_DATABASE  path of the database; "-wal" is its log, "-acks" the acknowledgements
//   RECORD_TO        path of the record
//
// A record is an 18 byte head (operation, file, offset and length as 64 bits, little endian) and the bytes written.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int record = -1;

static ssize_t real_write(int fd, const void *bytes, size_t length) {
  static ssize_t (*next)(int, const void *, size_t);
  if (!next) next = dlsym(RTLD_NEXT, "write");
  return next(fd, bytes, length);
}

// 'D', 'W' or 'A' for the three files, 0 for any other descriptor.
static char file_of(int fd) {
  const char *database = getenv("RECORD_DATABASE");
  if (!database) return 0;
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  size_t base = strlen(database);
  if (strncmp(path, database, base)) return 0;
  if (!path[base]) return 'D';
  if (!strcmp(path + base, "-wal")) return 'W';
  if (!strcmp(path + base, "-acks")) return 'A';
  return 0;
}

static void put(const void *bytes, size_t length) {
  const char *at = bytes;
  while (length > 0) {
    ssize_t done = real_write(record, at, length);
    // A gap in the record would make wrong images; no record is better.
    if (done <= 0) abort();
    at += done;
    length -= done;
  }
}

static void log_operation(char operation, char file, uint64_t offset, uint64_t length, const void *bytes) {
  pthread_mutex_lock(&lock);
  if (record < 0) record = open(getenv("RECORD_TO"), O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
  if (record < 0) abort();
  unsigned char head[18] = {(unsigned char)operation, (unsigned char)file};
  memcpy(head + 2, &offset, 8);
  memcpy(head + 10, &length, 8);
  put(head, sizeof head);
  if (bytes) put(bytes, length);
  pthread_mutex_unlock(&lock);
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t offset) {
  static ssize_t (*next)(int, const void *, size_t, off64_t);
  if (!next) next = dlsym(RTLD_NEXT, "pwrite64");
  ssize_t done = next(fd, bytes, length, offset);
  char file = file_of(fd);
  if (file && done > 0) log_operation('W', file, offset, done, bytes);
  return done;
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset) { return pwrite64(fd, bytes, length, offset); }

ssize_t write(int fd, const void *bytes, size_t length) {
  ssize_t done = real_write(fd, bytes, length);
  char file = fd == record ? 0 : file_of(fd);
  if (file && done > 0) {
    // SQLite writes at offsets only; what comes through here is an acknowledgement, or the record would be wrong.
    if (file != 'A') abort();
    log_operation('W', file, 0, done, bytes);
  }
  return done;
}

static int synced(int fd, int result) {
  char file = file_of(fd);
  if (file && result == 0) log_operation('S', file, 0, 0, NULL);
  return result;
}

int fsync(int fd) {
  static int (*next)(int);
  if (!next) next = dlsym(RTLD_NEXT, "fsync");
  return synced(fd, next(fd));
}

int fdatasync(int fd) {
  static int (*next)(int);
  if (!next) next = dlsym(RTLD_NEXT, "fdatasync");
  return synced(fd, next(fd));
}

int ftruncate64(int fd, off64_t size) {
  static int (*next)(int, off64_t);
  if (!next) next = dlsym(RTLD_NEXT, "ftruncate64");
  int result = next(fd, size);
  char file = file_of(fd);
  if (file && result == 0) log_operation('T', file, size, 0, NULL);
  return result;
}

int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }
