import { WebSocket } from 'ws'
import type { Dashboard } from './dashboard.ts'

/** Of a dashboard that is to answer `collectGarbage`: as the image runs it, with a debugger's door on this machine. */
export const heapOptions = '--max-semi-space-size=8 --max-old-space-size=512 --inspect=127.0.0.1:0'

/** Has all garbage collected, so that what stays is what is held; the bytes in use on the heap. */
export async function collectGarbage(dashboard: Dashboard): Promise<number> {
  const address = /Debugger listening on (ws:\S+)/.exec(dashboard.output())?.[1]
  if (!address) throw new Error('the dashboard has no debugger: start it with heapOptions')
  const socket = new WebSocket(address)
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  let id = 0
  const call = (method: string): Promise<{ usedSize?: number }> =>
    new Promise((resolve) => {
      const asked = (id += 1)
      socket.on('message', (data: Buffer) => {
        const answer = JSON.parse(data.toString()) as { id?: number; result?: { usedSize?: number } }
        if (answer.id === asked) resolve(answer.result ?? {})
      })
      socket.send(JSON.stringify({ id: asked, method }))
    })
  await call('HeapProfiler.enable')
  // What finalizers let go of in the first round goes in the second.
  for (let round = 0; round < 3; round += 1) await call('HeapProfiler.collectGarbage')
  const { usedSize = 0 } = await call('Runtime.getHeapUsage')
  socket.close()
  return usedSize
}
