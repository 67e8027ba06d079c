'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { deleteJson, getJson, postJson } from '#lib/api/client'
import { paths } from '#lib/api/paths'
import type { Size } from './measure.ts'
import type { ExecList, ExecOpened, ExecRequest, ExecSession } from '#lib/docker/exec'

/** One tab of the shell page. */
export interface Shell {
  session: ExecSession
  /** `bash 2`: what runs, and the how manieth of it here. */
  name: string
  /** Opens the socket once; null when it was opened before (after a reload). */
  ticket: string | null
}

export interface Shells {
  /** Null until the list is known. */
  list: Shell[] | null
  isOn: boolean
  /** The main process has a terminal to join. */
  canAttach: boolean
  active: string | null
  isOpening: boolean
  error: unknown
  open: (wanted: Partial<ExecRequest>) => Promise<void>
  close: (id: string) => void
  choose: (id: string) => void
  dismiss: () => void
}

const storageKey = (containerId: string): string => `composure.shells.${containerId}`

/** The shells this browser tab shows of a container; kept for a reload in the tab's own storage. `size` measures the place for a new one. */
export function useShells(containerId: string, size: () => Promise<Size>): Shells {
  const [list, setList] = useState<Shell[] | null>(null)
  const [isOn, setIsOn] = useState(true)
  const [canAttach, setCanAttach] = useState(false)
  const [active, setActive] = useState<string | null>(null)
  const [isOpening, setIsOpening] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const numbers = useRef(new Map<string, number>())

  useEffect(() => {
    const cancel = new AbortController()
    const counted = numbers.current
    counted.clear()
    getJson<ExecList>(paths.containerExec(containerId), { signal: cancel.signal }).then(
      (answer) => {
        const mine = readStored(containerId)
        const kept = answer.sessions.filter(({ id }) => mine.includes(id))
        setIsOn(answer.isOn)
        setCanAttach(answer.canAttach)
        setList(kept.map((session) => ({ session, name: nameOf(session, counted), ticket: null })))
        setActive(kept.at(-1)?.id ?? null)
      },
      (reason: unknown) => {
        if (cancel.signal.aborted) return
        setList([])
        setError(reason)
      },
    )
    return () => cancel.abort()
  }, [containerId])

  useEffect(() => {
    if (list)
      store(
        containerId,
        list.map(({ session }) => session.id),
      )
  }, [containerId, list])

  const open = useCallback(
    async (wanted: Partial<ExecRequest>) => {
      setIsOpening(true)
      setError(null)
      try {
        const body = { ...(await size()), ...wanted }
        const { session, ticket } = await postJson<ExecOpened>(paths.containerExec(containerId), body)
        const shell = { session, ticket, name: nameOf(session, numbers.current) }
        setList((before) => [...(before ?? []), shell])
        setActive(session.id)
      } catch (reason) {
        setError(reason)
      } finally {
        setIsOpening(false)
      }
    },
    [containerId, size],
  )

  const close = useCallback((id: string) => {
    // A shell that is over already answers 404, and that is as good.
    deleteJson(paths.exec(id)).catch(() => {})
    setList((before) => {
      const at = before?.findIndex(({ session }) => session.id === id) ?? -1
      const left = before?.filter(({ session }) => session.id !== id) ?? []
      setActive((current) =>
        current === id ? (left[Math.min(at, left.length - 1)]?.session.id ?? null) : current,
      )
      return left
    })
  }, [])

  const dismiss = useCallback(() => setError(null), [])
  return { list, isOn, canAttach, active, isOpening, error, open, close, choose: setActive, dismiss }
}

function nameOf(session: ExecSession, numbers: Map<string, number>): string {
  const name = session.isAttached ? 'attached' : (session.command[0]?.split('/').at(-1) ?? 'shell')
  const number = (numbers.get(name) ?? 0) + 1
  numbers.set(name, number)
  return number === 1 ? name : `${name} ${number}`
}

function readStored(containerId: string): string[] {
  try {
    const ids: unknown = JSON.parse(sessionStorage.getItem(storageKey(containerId)) ?? '[]')
    return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : []
  } catch {
    return []
  }
}

function store(containerId: string, ids: string[]): void {
  try {
    sessionStorage.setItem(storageKey(containerId), JSON.stringify(ids))
  } catch {
    // Without storage a reload starts anew; nothing else is lost.
  }
}
