import type { FastifyInstance } from 'fastify'
import { ApiError } from '../api-error.ts'
import type { Database } from '../database/database.ts'
import type { JsonSchemaTypes } from '../http/validation.ts'
import { newTaskSchema, taskChangeSchema, taskPageSchema, taskParamsSchema } from './schema.ts'
import { changeTask, createTask, deleteTask, findTask, listTasks } from './store.ts'

/** The routes under /tasks. */
export function addTaskRoutes(app: FastifyInstance, database: Database): void {
  const routes = app.withTypeProvider<JsonSchemaTypes>()

  routes.get('/tasks', { schema: { querystring: taskPageSchema } }, (request) =>
    listTasks(database, request.query),
  )

  routes.post('/tasks', { schema: { body: newTaskSchema } }, async (request, reply) => {
    const task = await createTask(database, request.body)
    request.log.info({ taskId: task.id }, 'task created')
    return reply.code(201).header('location', `/tasks/${task.id}`).send(task)
  })

  routes.get('/tasks/:id', { schema: { params: taskParamsSchema } }, async ({ params: { id } }) => {
    return (await findTask(database, id)) ?? taskNotFound(id)
  })

  routes.patch(
    '/tasks/:id',
    { schema: { params: taskParamsSchema, body: taskChangeSchema } },
    async ({ params: { id }, body, log }) => {
      const task = await changeTask(database, id, body)
      if (task) {
        log.info({ taskId: id, status: task.status, version: task.version }, 'task changed')
        return task
      }
      const current = (await findTask(database, id)) ?? taskNotFound(id)
      throw new ApiError(
        409,
        'version_conflict',
        `task ${id} is at version ${current.version}, not ${body.version}: read it again and repeat the change`,
      )
    },
  )

  routes.delete('/tasks/:id', { schema: { params: taskParamsSchema } }, async (request, reply) => {
    const { id } = request.params
    if (!(await deleteTask(database, id))) taskNotFound(id)
    request.log.info({ taskId: id }, 'task deleted')
    return reply.code(204).send()
  })
}

function taskNotFound(id: number): never {
  throw new ApiError(404, 'task_not_found', `there is no task ${id}`)
}
