/** One numbered packet: when it was sent (ms from the start) and how long it took; `undefined` when it never came. */
export interface TracedPacket {
  readonly sentAt: number;
  readonly delay: number | undefined;
}

/** All packets of both directions in the order of sending. */
export interface Trace {
  readonly up: readonly TracedPacket[];
  readonly down: readonly TracedPacket[];
}

/** The lines `up|down SENT_MS DELAY_MS` that replay and probe print. */
export function parseTrace(text: string): Trace {
  const trace: { up: TracedPacket[]; down: TracedPacket[] } = { up: [], down: [] };
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const [way, sentAt, delay] = line.split(' ');
    if ((way !== 'up' && way !== 'down') || sentAt === undefined || delay === undefined) {
      throw new Error(`not a line of a trace: ${line}`);
    }
    trace[way].push({ sentAt: Number(sentAt), delay: delay.startsWith('-') ? undefined : Number(delay) });
  }
  return trace;
}

/** Numbered packets of `size` bytes (whole IP packets) every `every` ms. */
export interface Flow {
  readonly every: number;
  readonly size: number;
}
