import { LiveHub } from './live-hub.ts'
import type { TabMessage, WorkerGreeting } from './worker-protocol.ts'

/** The SharedWorker: one connection for all tabs of this browser. */
const hub = new LiveHub()
let tabCount = 0

const scope = self as unknown as { onconnect: ((event: MessageEvent) => void) | null }
scope.onconnect = (event) => {
  const [port] = event.ports
  if (!port) return
  tabCount += 1
  const tab = { id: `t${tabCount}`, post: (message: unknown) => port.postMessage(message) }
  port.onmessage = ({ data }: MessageEvent<TabMessage>) => {
    hub.receive(tab, data)
    // Getting the lock that a tab holds as long as it lives means the tab is gone, however it went.
    if (data.type === 'locked') void navigator.locks?.request(data.lockName, () => hub.leave(tab.id))
  }
  port.postMessage({ type: 'here' } satisfies WorkerGreeting)
}
