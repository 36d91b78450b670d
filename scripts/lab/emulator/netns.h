/* Entering network namespaces made by `ip netns add`. What a process opens in one stays there when it enters another. */
#ifndef JAQYN_LAB_NETNS_H
#define JAQYN_LAB_NETNS_H

/* Enters the namespace, or ends the process with a word about why not. */
void netns_enter(const char *name);

/* Best effort: packets are to be handled on time also while the cores are busy. */
void prefer_this_process(void);

#endif
