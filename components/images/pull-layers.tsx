import { Bar } from '#components/ui/bar'
import { formatBytes } from '#lib/format/bytes'
import {
  layerFraction,
  layerWords,
  type PullLayer,
  type PullProgress,
  pullTotals,
} from '#lib/images/pull-progress'

/** A pull layer by layer, in the order the layers came, with a total on top; rows never move. */
export function PullLayers({ progress, isPulling }: { progress: PullProgress; isPulling: boolean }) {
  const totals = pullTotals(progress)
  const count = progress.layers.length
  const summary =
    count === 0
      ? isPulling
        ? 'Asking the registry…'
        : 'Nothing was fetched.'
      : `${totals.doneLayers} of ${count} layers, ${formatBytes(totals.downloadedBytes)} of ${formatBytes(totals.totalBytes)}`
  return (
    <div className="grid gap-2 pt-1">
      <div className="flex items-center justify-between gap-3 text-xs">
        <span aria-live="off">{summary}</span>
        <span className="text-muted">{Math.floor(totals.fraction * 100)} %</span>
      </div>
      <Bar fraction={totals.fraction} label="The whole pull" isThick />
      <ul className="max-h-56 overflow-y-auto">
        {progress.layers.map((layer) => (
          <LayerLine key={layer.id} layer={layer} />
        ))}
      </ul>
    </div>
  )
}

function LayerLine({ layer }: { layer: PullLayer }) {
  const isMoving = layer.state === 'downloading' || layer.state === 'extracting'
  return (
    <li className="grid h-7 grid-cols-[7.5rem_1fr_6.5rem] items-center gap-3 text-xs sm:grid-cols-[7.5rem_1fr_6.5rem_8.5rem]">
      <span className="truncate font-mono text-muted">{layer.id}</span>
      <Bar fraction={layerFraction(layer)} label={`Layer ${layer.id}`} />
      <span className={layer.state === 'retrying' ? 'text-warn' : isMoving ? '' : 'text-muted'}>
        {layerWords(layer.state)}
      </span>
      <span className="text-right text-faint max-sm:hidden">
        {layer.totalBytes === null
          ? ''
          : isMoving
            ? `${formatBytes(layer.currentBytes)} of ${formatBytes(layer.totalBytes)}`
            : formatBytes(layer.totalBytes)}
      </span>
    </li>
  )
}
