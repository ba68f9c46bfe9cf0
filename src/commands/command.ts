/** 命令的出口：结果到标准输出，话到标准错误。 */
export interface Io {
  out(text: string): void
  err(text: string): void
}

export interface Command {
  name: string
  /** 用法，一行 */
  usage: string
  /** 返回退出码 */
  run(args: string[], io: Io): Promise<number>
}
