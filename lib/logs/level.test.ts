import { describe, expect, it } from 'vitest'
import { detectLevel, levels } from './level.ts'

const level = (line: string): string => levels[detectLevel(line)] ?? ''

describe('detectLevel', () => {
  it.each([
    ['{"level":30,"time":1,"msg":"ok"}', 'info'],
    ['{"level":50,"msg":"no"}', 'error'],
    ['{"level":60,"msg":"no"}', 'fatal'],
    ['{"msg":"error in the text","level":"info"}', 'info'],
    ['{"@t":"2026","@mt":"Hello"}', 'info'],
    ['{"@t":"2026","@mt":"Hello","@l":"Warning"}', 'warn'],
    ['{"severity":"ERROR","message":"x"}', 'error'],
    ['{"severityNumber":9,"body":"x"}', 'info'],
    ['{"log.level":"debug"}', 'debug'],
    ['{"log":{"level":"warn"}}', 'warn'],
    ['{"t":{"$date":"2026"},"s":"I","c":"NETWORK","msg":"x"}', 'info'],
    ['{"t":{"$date":"2026"},"s":"D2","c":"NETWORK","msg":"x"}', 'debug'],
    ['{"message":"no level, only error"}', 'unknown'],
    ['{"level": broken', 'unknown'],
    ['time=2026-11-24T00:11:17Z level=warning msg="disk error"', 'warn'],
    ['ts=1 level="error" msg=x', 'error'],
    ['lvl=dbug msg=x', 'debug'],
    ['I1124 00:11:17.123456       1 main.go:12] error is only a word', 'info'],
    ['E1124 00:11:17.123456       1 main.go:12] no', 'error'],
    ['2026-11-24 00:11:17.123 UTC [1] LOG:  database system is ready to accept connections', 'info'],
    ['2026-11-24 00:11:17.123 UTC [65] ERROR:  relation "x" does not exist at character 15', 'error'],
    ['2026-11-24 00:11:17.123 UTC [65] FATAL:  password authentication failed', 'fatal'],
    ['2026-11-24 00:11:17.123 UTC [65] postgres@backend_db WARNING:  there is no transaction', 'warn'],
    ['2026/11/24 00:11:17 [error] 29#29: *1 open() failed', 'error'],
    ['2026/11/24 00:11:17 [notice] 1#1: start worker process 30', 'info'],
    ['2026/11/24 00:11:17 [emerg] 1#1: host not found', 'fatal'],
    ['172.17.0.1 - - [24/Nov/2026:00:11:17 +0000] "GET /error HTTP/1.1" 200 612 "-" "curl"', 'info'],
    ['172.17.0.1 - - [24/Nov/2026:00:11:17 +0000] "GET / HTTP/1.1" 502 157 "-" "curl"', 'error'],
    ['1:M 24 Nov 2026 00:11:17.123 * Ready to accept connections tcp', 'info'],
    ['1:M 24 Nov 2026 00:11:17.123 # WARNING Memory overcommit must be enabled', 'warn'],
    ['INFO:root:started', 'info'],
    ['INFO:     127.0.0.1:5000 - "GET / HTTP/1.1" 200 OK', 'info'],
    ['2026-11-24 00:11:17,123 - app - ERROR - failed', 'error'],
    ['2026-11-24 00:11:17,123 INFO sqlalchemy.engine.Engine BEGIN', 'info'],
    ['[2026-11-24 00:11:17 +0000] [7] [INFO] Listening at: http://0.0.0.0:8000', 'info'],
    ['2026-11-24T00:11:17.123Z  INFO 1 --- [main] o.s.b.Application : Started', 'info'],
    ['2026-11-24 00:11:17.123 [http-nio-8080-exec-1] WARN  c.e.Controller - slow', 'warn'],
    ['Nov 24, 2026 12:11:17 AM org.apache.catalina.startup.Catalina start', 'unknown'],
    ['INFO: Server startup in [123] milliseconds', 'info'],
    ['E, [2026-11-24T00:11:17.123456 #1] ERROR -- : boom', 'error'],
    ['I, [2026-11-24T00:11:17.123456 #1]  INFO -- : error page rendered', 'info'],
    ['[2026-11-24T00:11:17Z INFO  actix_server::builder] starting', 'info'],
    ['2026-11-24T00:11:17.123456Z ERROR my_crate: boom', 'error'],
    ['00:11:17.123 [info] Running Endpoint with Bandit', 'info'],
    ['2026-11-24T00:11:17.000000Z 0 [Warning] [MY-010068] [Server] CA certificate is self signed.', 'warn'],
    ['2026-11-24T00:11:17.000000Z 0 [System] [MY-010931] [Server] ready for connections', 'info'],
    ['2026-11-24  0:11:17 0 [Note] mariadbd: ready for connections.', 'info'],
    ['[2026-11-24T00:11:17,123][INFO ][o.e.n.Node] [es] started', 'info'],
    ['[2026-11-24 00:11:17,123] ERROR [KafkaServer id=0] Fatal error (kafka.server)', 'error'],
    ['2026-11-24 00:11:17.123 [warning] <0.230.0> memory alarm', 'warn'],
    ['2026-11-24T00:11:17Z INF Starting provider', 'info'],
    ['12:11AM ERR boom error="x"', 'error'],
    ['2026-11-24T00:11:17.123Z\tINFO\tserver/main.go:12\tlistening', 'info'],
    ['warn: retrying', 'warn'],
    ['info: Microsoft.Hosting.Lifetime[14]', 'info'],
    ['fail: Microsoft.EntityFrameworkCore.Database[20102]', 'error'],
    ['[00:11:17 WRN] Slow request', 'warn'],
    ['[2026-11-24 00:11:17] production.ERROR: Undefined variable', 'error'],
    ['<34>1 2026-11-24T00:11:17Z host su - ID47 - failed', 'fatal'],
    ['panic: runtime error: index out of range', 'fatal'],
    ['Traceback (most recent call last):', 'error'],
    ['Error: connect ECONNREFUSED 127.0.0.1:5432', 'error'],
    ['TypeError: x is not a function', 'error'],
    ['Exception in thread "main" java.lang.IllegalStateException', 'error'],
    ['java.lang.NullPointerException: Cannot invoke', 'error'],
    ['npm ERR! code ELIFECYCLE', 'error'],
    ['\u001b[32mINFO\u001b[0m ready', 'info'],
    ['\u001b[90m2026-11-24T00:11:17Z\u001b[0m \u001b[31mERR\u001b[0m boom', 'error'],
    ['worker-3 | WARN queue is full', 'warn'],
  ])('%s is %s', (line, expected) => {
    expect(level(line)).toBe(expected)
  })

  it.each([
    ['Connected to the ERROR queue'],
    ['no errors found'],
    ['GET /api/error 200'],
    ['the warning light is on'],
    ['    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1637:16)'],
    ['Error handler registered'],
    ['loaded 3 FATAL rules'],
    ['Debug mode: off'],
    [''],
    ['{'],
    ['[]'],
  ])('%j does not say its level', (line) => {
    expect(['unknown']).toContain(level(line))
  })

  it('never takes an INFO line for an error, whatever its text says', () => {
    const texts = ['ERROR in the text', 'error: none', 'panic: no', 'level=error', '[error]', 'FATAL:  no']
    const heads = [
      '2026-11-24T00:11:17Z INFO ',
      '[INFO] ',
      'INFO: ',
      '2026/11/24 00:11:17 [info] 1#1: ',
      'level=info msg=',
    ]
    for (const head of heads) for (const text of texts) expect(level(head + text)).toBe('info')
  })

  it('takes any text without failing, and no long time', () => {
    for (const text of [
      '['.repeat(5000),
      '(a '.repeat(5000),
      'a.'.repeat(5000),
      ' '.repeat(5000),
      '{'.repeat(5000),
    ])
      expect(levels).toContain(level(text))
  })
})
