import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { temporaryFolder } from './cache-folder.ts'
import { freeTcpPort } from './free-port.ts'
import { PrivateProcess } from './private-process.ts'
import { type PrivateRabbit, rabbitNode } from './rabbit-node.ts'
import { type RabbitPrograms, type RabbitRelease, rabbitPrograms } from './rabbit-programs.ts'

/** Three RabbitMQ nodes that know each other; each can be killed, frozen and started again by itself. */
export interface PrivateRabbitCluster {
  readonly nodes: readonly RabbitClusterNode[]
  /** No message passes between this node and the others, and both sides know; its clients stay connected. */
  cut(node: RabbitClusterNode): Promise<void>
  /** Lets the node and the others find each other again. */
  mend(node: RabbitClusterNode): Promise<void>
  remove(): Promise<void>
}

export interface RabbitClusterNode extends PrivateRabbit {
  /** As the other nodes call it. */
  readonly name: string
}

const NAMES = ['hlstats-1@127.0.0.1', 'hlstats-2@127.0.0.1', 'hlstats-3@127.0.0.1'] as const

// Three on a machine that has other things to do: one scheduler each, which does not spin while it has nothing to do.
const ERLANG_FLAGS = '+S 1:1 +SDcpu 1:1 +SDio 1 +sbwt none +sbwtdcpu none +sbwtdio none'
const SETTINGS = [
  'vm_memory_high_watermark.absolute = 400MB',
  'cluster_formation.peer_discovery_backend = classic_config',
  ...NAMES.map((name, index) => `cluster_formation.classic_config.nodes.${index + 1} = ${name}`),
]

/** Starts three nodes on this machine with one port mapper, which outlives each of them. */
export async function startPrivateRabbitCluster(release: RabbitRelease): Promise<PrivateRabbitCluster> {
  const programs = await rabbitPrograms(release)
  const folder = temporaryFolder('rabbitmq-cluster')
  const portMapper = await freeTcpPort()
  const epmd = portMapperProcess(programs, folder, portMapper)
  const cookie = randomUUID()
  const nodes = await Promise.all(
    NAMES.map(async (name, index): Promise<RabbitClusterNode> => {
      const own = join(folder, String(index + 1))
      mkdirSync(own)
      writeFileSync(join(own, '.erlang.cookie'), cookie, { mode: 0o400 })
      const node = { programs, folder: own, name, portMapper, settings: SETTINGS, erlangFlags: ERLANG_FLAGS }
      return { name, ...(await rabbitNode(node)) }
    }),
  )
  const remove = async () => {
    await Promise.all(nodes.map((node) => node.remove()))
    await epmd.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await epmd.start()
    await Promise.all(nodes.map((node) => node.start()))
  } catch (error) {
    await remove()
    throw error
  }
  // A wrong cookie keeps the nodes from connecting again, whichever tries.
  const toOthers = async (from: RabbitClusterNode, words: (name: string) => string) => {
    const others = nodes.filter(({ name }) => name !== from.name)
    await from.control('eval', `${others.map(({ name }) => words(name)).join(', ')}.`)
  }
  return {
    nodes,
    remove,
    cut: (node) =>
      toOthers(node, (name) => `erlang:set_cookie('${name}', cut), erlang:disconnect_node('${name}')`),
    mend: (node) =>
      toOthers(
        node,
        (name) => `erlang:set_cookie('${name}', '${cookie}'), net_kernel:connect_node('${name}')`,
      ),
  }
}

function portMapperProcess({ portMapper }: RabbitPrograms, folder: string, port: number): PrivateProcess {
  const [command, ...args] = portMapper
  return new PrivateProcess({
    name: 'epmd',
    command,
    args: [...args, '-address', '127.0.0.1', '-port', String(port)],
    folder,
    logFile: join(folder, 'epmd.log'),
    isReady: () => canReach(port),
  })
}

async function canReach(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}
