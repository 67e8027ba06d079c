'use client'

import { useState } from 'react'
import { Bytes } from '#components/ui/bytes'
import { formatBytes } from '#lib/format/bytes'
import type { AnalysedLayer, ImageAnalysis } from '#lib/images/analysis'

/** Each layer with files: how much of it is seen, how much is hidden by later ones, and its largest files. */
export function LayerShares({ analysis: { layers } }: { analysis: ImageAnalysis }) {
  const largest = Math.max(1, ...layers.map(({ sizeBytes }) => sizeBytes))
  return (
    <ol className="border-t border-line">
      {layers.map((layer, index) => (
        <LayerShare key={`${index} ${layer.diffId}`} layer={layer} number={index + 1} largest={largest} />
      ))}
    </ol>
  )
}

function LayerShare({ layer, number, largest }: { layer: AnalysedLayer; number: number; largest: number }) {
  const [isOpen, setIsOpen] = useState(false)
  const { sizeBytes, hiddenBytes, hidesBytes } = layer
  return (
    <li className="border-b border-line">
      <button
        type="button"
        aria-expanded={isOpen}
        disabled={layer.largest.length === 0}
        onClick={() => setIsOpen(!isOpen)}
        className="grid min-h-9 w-full grid-cols-[1.5rem_minmax(0,1fr)_5rem] items-center gap-x-3 py-1.5 text-left enabled:hover:bg-hover @[60rem]/body:grid-cols-[1.5rem_minmax(0,1fr)_16rem_5rem]"
      >
        <span className="text-xs text-faint">{number}</span>
        <span className="grid min-w-0">
          <span className="truncate font-mono text-xs">
            {layer.keyword} {layer.text || <span className="text-faint">imported, no instruction</span>}
          </span>
          <span className="text-2xs text-faint">
            {layer.fileCount.toLocaleString('en')} files
            {hiddenBytes > 0 ? `, ${formatBytes(hiddenBytes)} of it hidden later` : ''}
            {hidesBytes > 0 ? `, hides ${formatBytes(hidesBytes)} of earlier layers` : ''}
          </span>
        </span>
        <span className="flex h-1.5 overflow-hidden rounded-full bg-sunk @max-[60rem]/body:hidden">
          <span className="bg-accent" style={{ width: `${((sizeBytes - hiddenBytes) / largest) * 100}%` }} />
          <span className="striped" style={{ width: `${(hiddenBytes / largest) * 100}%` }} />
        </span>
        <span className="text-right text-xs">
          <Bytes value={sizeBytes} />
        </span>
      </button>
      {isOpen ? (
        <ul aria-label="Its largest files" className="grid gap-0.5 pb-2 pl-[2.25rem] font-mono text-xs">
          {layer.largest.map((file) => (
            <li key={file.path} className="flex min-w-0 gap-4">
              <span className="min-w-0 truncate text-muted">/{file.path}</span>
              <span className="ml-auto shrink-0">
                <Bytes value={file.sizeBytes} />
              </span>
            </li>
          ))}
        </ul>
      ) : null}
    </li>
  )
}
