// A Wechaty gateway that tests control: a real PuppetServer over a mock puppet.
// Commands come in as JSON lines on standard input, answers and what the bot did go out as JSON
// lines on standard output. Runs with both generations of wechaty-puppet-service.
import fs from 'node:fs'
import readline from 'node:readline'

const pick = (module, name) => module[name] ?? module.default[name]
const { grpc } = await import('wechaty-grpc').then((m) => ({ grpc: pick(m, 'grpc') }))
const PuppetServer = pick(await import('wechaty-puppet-service'), 'PuppetServer')
const PuppetMock = pick(await import('wechaty-puppet-mock'), 'PuppetMock')

const options = JSON.parse(process.argv[2])
const world = { contacts: {}, rooms: {}, messages: {}, friendships: {}, invitations: {} }

const tell = (line) => fs.writeSync(1, JSON.stringify(line) + '\n')

function found(kind, id) {
  const value = world[kind][id]
  if (!value) throw new Error(`no such thing in ${kind}`)
  return value
}

class Puppet extends PuppetMock {
  ensure() {}

  ding(data) { setImmediate(() => this.emit('dong', { data: data || '' })) }

  async contactRawPayload(id) {
    return { id, gender: 0, type: 1, avatar: '', phone: [], friend: false, ...found('contacts', id) }
  }

  async roomRawPayload(id) {
    const room = found('rooms', id)
    return {
      id, topic: room.topic, avatar: '', ownerId: room.owner, adminIdList: room.admins ?? [],
      memberIdList: Object.keys(room.members),
    }
  }

  async roomList() { return Object.keys(world.rooms) }
  async roomMemberList(id) { return Object.keys(found('rooms', id).members) }

  async roomMemberRawPayload(roomId, id) {
    tell({ asked: 'member', id })
    const card = found('rooms', roomId).members[id]
    if (card === undefined) throw new Error('no such member')
    return { id, name: found('contacts', id).name, avatar: '', roomAlias: card }
  }

  async messageRawPayload(id) {
    if (!stalled) return found('messages', id)
    tell({ did: 'stall', id })
    return new Promise(() => {})
  }

  async messageSendText(conversation, text, mentions) {
    if (!world.contacts[conversation] && !world.rooms[conversation]) throw new Error('nobody there')
    const id = options.ids === false ? undefined : `out-${process.pid}-${++sent}`
    const room = world.rooms[conversation] ? conversation : undefined
    if (id) message({ id, from: options.account, room, to: conversation, text, mentions })
    tell({ did: 'send', conversation, text, mentions: mentions ?? [], id: id ?? null })
    // The puppets of WeChat report the account's own messages as well.
    if (id) setImmediate(() => this.emit('message', { messageId: id }))
    return id
  }

  async messageRecall(id) { tell({ did: 'recall', id }); return true }
  async friendshipRawPayload(id) { return found('friendships', id) }
  async friendshipAccept(id) { tell({ did: 'befriend', id }) }
  async roomInvitationRawPayload(id) { return found('invitations', id) }
  async roomInvitationAccept(id) { tell({ did: 'accept', id }) }
  async roomAdd(room, contact) { tell({ did: 'bring', room, contact }) }
  async roomDel(room, contact) { tell({ did: 'kick', room, contact }) }
}

let sent = 0
let stalled = false // no message is given to those who ask
let server

function message({ id, from, room, to, text, type = 7, mentions = [], time }) {
  world.messages[id] = {
    id, type, text, mentionIdList: mentions, timestamp: time ?? Date.now(), roomId: room,
    talkerId: from, fromId: from, listenerId: room ? undefined : to, toId: room ? undefined : to,
  }
}

const puppet = new Puppet()

const commands = {
  world: (given) => {
    for (const kind of Object.keys(world)) Object.assign(world[kind], given[kind] ?? {})
  },
  remember: message,
  message: (given) => { message(given); puppet.emit('message', { messageId: given.id }) },
  emit: ({ name, payload }) => puppet.emit(name, payload),
  login: async ({ account }) => { options.account = account; await puppet.login(account) },
  logout: () => puppet.logout(),
  forget: ({ room, contact }) => { delete world.rooms[room].members[contact] },
  listen,
  stall: () => { stalled = true },
  hang_up: async () => { server.grpcServer.forceShutdown(); server = undefined },
}

async function listen() {
  if (options.kind === 'stranger') {
    const bare = new grpc.Server()
    const credentials = grpc.ServerCredentials.createInsecure()
    return new Promise((resolve, reject) => bare.bindAsync(options.endpoint, credentials,
      (error) => { if (error) return reject(error); bare.start(); return resolve() }))
  }
  server = new PuppetServer({ endpoint: options.endpoint, puppet, token: options.token })
  await server.start()
}

async function obey(line) {
  const { number, command, ...given } = JSON.parse(line)
  try {
    await commands[command](given)
    tell({ number })
  } catch (error) {
    tell({ number, error: error.stack })
  }
}

puppet.on('error', () => {}) // node ends a process that emits an error nobody listens to
await puppet.start()
await listen()
tell({ ready: true })
readline.createInterface({ input: process.stdin }).on('line', obey).on('close', () => process.exit())
