/** The types of events, in the order and groups in which they are chosen. Their words stand in the locale files. */
import { t, te } from '@/lib/i18n'

const ofTicket = 'TicketOpened TicketSubmitted TicketAccepted TicketProcessed TicketAppended TicketReplied TicketNoted TicketTransferred TicketReturned TicketWithdrawn TicketUrged '
  + 'TicketConsulted CoHandlersAsked CountersignAsked OpinionGiven TicketPaused TicketResumed TicketCancelled TicketForceEnded TicketResolved CustomerCalledBack TicketClosed '
  + 'TicketReopened TicketLinked AttachmentsAdded TicketEdited TicketIntercepted CallNoted'
const ofTime = 'CardIssued CardAcknowledged CardAppealed CardUpheld CardWithdrawn Escalated TicketSupervised TicketCirculated ExtensionRequested ExtensionDecided PolicyApplied ClocksCorrected'
const ofCustomers = 'CustomerCreated CustomerChanged ContactAdded ContactRemoved AccountAdded SubscriberAdded CustomerNumbersRevealed CustomerLevelCreated CustomerLevelChanged'
const ofOrganisation = 'DepartmentCreated DepartmentChanged DepartmentRemoved TeamCreated TeamChanged TeamRemoved RoleCreated RoleChanged RoleRemoved StaffCreated StaffChanged '
  + 'StaffRolesChanged PasswordChanged TokenCreated TokenRevoked'
const ofSettings = 'CategoryCreated CategoryChanged CategoryRemoved CategoryFormAdded FlowPublished CalendarCreated CalendarChanged CalendarPublished DepartmentCalendarSet '
  + 'HolidayTableAdded PolicyCreated PolicyChanged PolicyPublished PoliciesOrdered'
const ofIntegrations = 'WebhookCreated WebhookChanged WebhookRemoved WebhookKeyRotated WebhookPaused WebhookResumed WebhookDeliveriesDead WebhookReplayed InterceptorCreated InterceptorChanged '
  + 'InterceptorRemoved InterceptorsOrdered InterceptorKeyRotated InterceptorRested InterceptorRecovered'
const ofCalls = 'CallBegan CallQueued CallAnswered CallTransferred CallEnded CallIdentified CallDisposed CallSupervised RecordingStored RecordingFailed RecordingPlayed RecordingRemoved '
  + 'PresenceChanged CallbackTaskMade CallbackTaskEnded'
const ofPhone = 'TelephoneSystemCreated TelephoneSystemChanged TelephoneSystemRemoved TelephoneKeyRotated ExtensionChanged CallQueueChanged LineChanged LineSettingsChanged BreakReasonChanged'

const listed = { ticket: ofTicket, calls: ofCalls, time: ofTime, customers: ofCustomers, organisation: ofOrganisation, settings: ofSettings, phone: ofPhone, integrations: ofIntegrations }
export type TypeGroup = keyof typeof listed

export const typeGroups = Object.fromEntries(Object.entries(listed).map(([group, names]) => [group, names.split(' ')])) as Record<TypeGroup, string[]>
export const eventTypes: readonly string[] = Object.values(typeGroups).flat()

/** What a type is called; its name where nobody knows, such as one of a later release. */
export const typeName = (type: string): string => (te(`integrations.types.${type}`) ? t(`integrations.types.${type}`) : type)

/** An event's name outside. */
export const eventName = (id: number): string => `evt_${id}`
