'use client'

import { useState } from 'react'
import { Bytes } from '#components/ui/bytes'
import { RelativeTime } from '#components/ui/relative-time'
import { Switch } from '#components/ui/checkbox'
import { Section } from '#components/ui/facts'
import type { ImageLayer } from '#lib/docker/images/image-detail'
import { commandLines } from '#lib/images/instruction'
import { cx } from '#lib/format/cx'
import { formatBytes } from '#lib/format/bytes'

/** How an image was made, first step first: the instruction, what it cost, and how far the image had grown. */
export function LayerList({ layers }: { layers: readonly ImageLayer[] }) {
  const [isAll, setIsAll] = useState(false)
  const largest = Math.max(1, ...layers.map(({ sizeBytes }) => sizeBytes))
  const withBytes = layers.filter(({ sizeBytes }) => sizeBytes > 0)
  const shown = layers
    .map((layer, index) => ({ layer, step: index + 1 }))
    .filter(({ layer }) => isAll || layer.sizeBytes > 0 || withBytes.length === 0)
  return (
    <Section
      title="Layers"
      aside={
        <>
          <span>
            {layers.length} {layers.length === 1 ? 'step' : 'steps'}, {withBytes.length} with files
          </span>
          <Switch isOn={isAll} onChange={setIsAll} label="Show all steps" />
        </>
      }
    >
      <ol className="border-t border-line">
        {shown.map(({ layer, step }) => (
          <LayerLine key={step} layer={layer} step={step} largest={largest} />
        ))}
      </ol>
    </Section>
  )
}

function LayerLine({ layer, step, largest }: { layer: ImageLayer; step: number; largest: number }) {
  const [isOpen, setIsOpen] = useState(false)
  const lines = layer.keyword === 'RUN' ? commandLines(layer.text) : [layer.text]
  const isLong = lines.length > 1 || layer.text.length > 90
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-5 gap-y-1 border-b border-line py-2 @[60rem]/body:grid-cols-[2rem_minmax(0,1fr)_16rem_5rem_6rem]">
      <span className="text-xs leading-5 text-faint max-sm:hidden @max-[60rem]/body:hidden">{step}</span>
      <div className="min-w-0">
        <button
          type="button"
          disabled={!isLong}
          aria-expanded={isLong ? isOpen : undefined}
          onClick={() => setIsOpen(!isOpen)}
          className={cx(
            'flex w-full min-w-0 gap-2 text-left font-mono text-xs leading-5',
            isLong && 'hover:text-accent',
          )}
        >
          {layer.keyword ? (
            <span className="w-24 shrink-0 text-muted @max-[44rem]/body:w-auto">{layer.keyword}</span>
          ) : null}
          {isOpen ? (
            <span className="min-w-0 whitespace-pre-wrap [overflow-wrap:anywhere]">{lines.join('\n')}</span>
          ) : (
            <span className="min-w-0 truncate">
              {layer.text || <span className="text-faint">imported, no instruction</span>}
            </span>
          )}
        </button>
        {layer.tags.length > 0 ? (
          <span className="text-2xs text-faint">{layer.tags.join(', ')} ends here</span>
        ) : null}
      </div>
      <div className="flex items-center @max-[60rem]/body:order-last @max-[60rem]/body:col-span-2">
        <div
          className="h-1.5 w-full overflow-hidden rounded-full bg-sunk"
          title={`${formatBytes(layer.cumulativeBytes)} up to here`}
        >
          <div
            className="h-full rounded-full bg-accent"
            style={{ width: `${(layer.sizeBytes / largest) * 100}%` }}
          />
        </div>
      </div>
      <span className="text-right text-xs leading-5">
        {layer.sizeBytes === 0 ? (
          <span className="text-faint">no files</span>
        ) : (
          <Bytes value={layer.sizeBytes} />
        )}
      </span>
      <span className="text-right text-xs leading-5 text-faint @max-[60rem]/body:hidden">
        <RelativeTime atMs={layer.createdAtMs} />
      </span>
    </li>
  )
}
