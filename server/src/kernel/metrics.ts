import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Prometheus metrics. Labels are names of things we wrote (routes, events, codes), never ids. */
export class Metrics {
  readonly registry = new Registry();
  readonly httpSeconds: Histogram<'method' | 'route' | 'status'>;
  readonly socketSeconds: Histogram<'event' | 'outcome'>;
  readonly sockets: Gauge;
  readonly rooms: Gauge;
  readonly peers: Gauge;
  readonly workerDeaths: Counter;

  constructor(options: { processMetrics: boolean } = { processMetrics: false }) {
    const registers = [this.registry];
    if (options.processMetrics) collectDefaultMetrics({ register: this.registry });
    const buckets = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3];
    this.httpSeconds = new Histogram({
      name: 'jaqyn_http_seconds',
      help: 'Time to answer an HTTP request',
      labelNames: ['method', 'route', 'status'],
      buckets,
      registers,
    });
    this.socketSeconds = new Histogram({
      name: 'jaqyn_socket_event_seconds',
      help: 'Time to acknowledge a socket event',
      labelNames: ['event', 'outcome'],
      buckets,
      registers,
    });
    this.sockets = new Gauge({ name: 'jaqyn_sockets', help: 'Live sockets', registers });
    this.rooms = new Gauge({ name: 'jaqyn_rooms', help: 'Open media rooms', registers });
    this.peers = new Gauge({ name: 'jaqyn_peers', help: 'Peers in media rooms', registers });
    this.workerDeaths = new Counter({
      name: 'jaqyn_worker_deaths_total',
      help: 'mediasoup workers that died',
      registers,
    });
  }
}
