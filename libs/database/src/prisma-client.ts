import { tableOfModel } from './catalogue.ts'
import { databaseError, isDatabaseFault } from './driver-errors.ts'
import type { Prisma, PrismaClient } from './generated/prisma/client.ts'
import { currentUnit } from './unit-of-work.ts'

/** What typed reads and single writes are called on: the models, outside a unit of work or inside it. */
export type TypedClient = Omit<
  Prisma.TransactionClient,
  '$executeRaw' | '$executeRawUnsafe' | '$queryRaw' | '$queryRawUnsafe'
>

/** The typed client as it is used: its calls see the collected writes of their unit of work, its errors are StatsErrors. */
export function unitAware(client: PrismaClient): PrismaClient {
  const extended = client.$extends({
    query: {
      $allModels: {
        async $allOperations({ model, args, query }) {
          const unit = currentUnit()
          if (unit !== undefined) return unit.typed(tableOfModel(model), () => query(args))
          try {
            return await query(args)
          } catch (error) {
            throw isDatabaseFault(error) ? databaseError(error) : error
          }
        },
      },
    },
  })
  // The extension changes no type: it only runs around the calls.
  return extended as unknown as PrismaClient
}
