/** One second of one container. Sources: `GET /containers/{id}/stats` (cpu_stats, precpu_stats, memory_stats, networks, blkio_stats). */
export interface StatsSample {
  atMs: number
  /** 100 is one whole core. */
  cpuPercent: number
  /** Without the page cache (`usage - inactive_file`), as `docker stats` shows it. */
  memoryBytes: number
  /** The container's limit, or the machine's memory. */
  memoryLimitBytes: number
  networkReceivedBytesPerSecond: number
  networkSentBytesPerSecond: number
  diskReadBytesPerSecond: number
  diskWrittenBytesPerSecond: number
  processCount: number
}
