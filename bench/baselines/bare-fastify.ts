import fastify from 'fastify';

/* What a usual server of this runtime takes to start: Fastify with one route. */

const app = fastify();
app.get('/healthz', () => ({ ok: true }));
const address = await app.listen({ port: 0, host: '127.0.0.1' });
process.stdout.write(`listening on ${address}\n`);
process.on('SIGTERM', () => {
  void app.close().then(() => process.exit(0));
});
