/** Answer of `GET /api/health/ready`. `recording` is how the log archive is; it never keeps Composure from being ready. */
export interface Health {
  isReady: boolean
  engine: 'ok' | 'away'
  store: 'ok' | 'failing'
  recording: 'starting' | 'recording' | 'paused' | 'off'
}
