import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createTestApp } from '../../test/build-app.ts';

test('while the server stops: what came before is answered, what comes after is told to come back', async () => {
  const { app } = await createTestApp();
  await app.http.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.http.server.address() as { port: number };
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  let answers = '';
  socket.on('data', (chunk) => {
    answers += chunk.toString();
  });
  const closed = new Promise((resolve) => socket.once('close', resolve));
  // Checking a password takes its time, so that this is on its way when the stop begins.
  const body = JSON.stringify({ login: 'nobody', password: 'x' });
  const first = new Promise<void>((resolve) => app.http.server.once('request', () => resolve()));
  socket.write(
    `POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  await first;
  const stopped = app.close();
  socket.write('GET /api/health HTTP/1.1\r\nHost: x\r\n\r\n');
  await Promise.all([stopped, closed]);
  expect(answers).toMatch(/^HTTP\/1\.1 401 /);
  expect(answers).toContain('"code":"auth.invalid_credentials"');
  expect(answers).toMatch(/HTTP\/1\.1 503 [^]*retry-after: 1\r\n/);
  expect(answers).toContain('"code":"server.draining"');
});
