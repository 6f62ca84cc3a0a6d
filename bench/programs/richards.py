"""An operating system's scheduler in miniature, after Martin Richards' benchmark: tasks, packets, queues, dispatch by class."""

from measure import main

IDLE, WORKER, HANDLER_A, HANDLER_B, DEVICE_A, DEVICE_B = range(6)
DEVICE_PACKET, WORK_PACKET = range(2)
EXPECTED = {10000: (23246, 9297)}


class Packet:
    def __init__(self, link, ident, kind):
        self.link = link
        self.ident = ident
        self.kind = kind
        self.datum = 0
        self.data = [0] * 4

    def append_to(self, queue):
        self.link = None
        if queue is None:
            return self
        last = queue
        while last.link is not None:
            last = last.link
        last.link = self
        return queue


class Task:
    def __init__(self, scheduler, ident, priority, queue, held, waiting):
        self.scheduler = scheduler
        self.ident = ident
        self.priority = priority
        self.queue = queue
        self.held = held
        self.waiting = waiting
        self.ready = queue is not None
        scheduler.add(self)

    def is_held_or_waiting(self):
        return self.held or (self.waiting and not self.ready)

    def take_packet(self):
        packet = None
        if self.waiting and self.ready:
            packet = self.queue
            self.queue = packet.link
            self.waiting = False
            self.ready = self.queue is not None
        return self.work(packet)

    def receive(self, packet, sender):
        if self.queue is None:
            self.queue = packet
            packet.link = None
            self.ready = True
            if self.priority > sender.priority:
                return self
        else:
            packet.append_to(self.queue)
        return sender

    def wait(self):
        self.waiting = True
        self.ready = self.queue is not None
        return self

    def hold(self):
        self.scheduler.holds += 1
        self.held = True
        return self.scheduler.after(self)

    def work(self, packet):
        raise NotImplementedError


class Idle(Task):
    def __init__(self, scheduler, count):
        super().__init__(scheduler, IDLE, 0, None, False, False)
        self.control = 1
        self.count = count

    def work(self, packet):
        self.count -= 1
        if self.count == 0:
            return self.hold()
        if self.control & 1 == 0:
            self.control >>= 1
            return self.scheduler.release(DEVICE_A)
        self.control = (self.control >> 1) ^ 0xD008
        return self.scheduler.release(DEVICE_B)


class Worker(Task):
    def __init__(self, scheduler, queue):
        super().__init__(scheduler, WORKER, 1000, queue, False, True)
        self.destination = HANDLER_A
        self.count = 0

    def work(self, packet):
        if packet is None:
            return self.wait()
        self.destination = HANDLER_B if self.destination == HANDLER_A else HANDLER_A
        packet.ident = self.destination
        packet.datum = 0
        for i in range(4):
            self.count += 1
            if self.count > 26:
                self.count = 1
            packet.data[i] = 64 + self.count
        return self.scheduler.send(packet)


class Handler(Task):
    def __init__(self, scheduler, ident, priority, queue):
        super().__init__(scheduler, ident, priority, queue, False, True)
        self.work_in = None
        self.device_in = None

    def work(self, packet):
        if packet is not None:
            if packet.kind == WORK_PACKET:
                self.work_in = packet.append_to(self.work_in)
            else:
                self.device_in = packet.append_to(self.device_in)
        job = self.work_in
        if job is not None:
            if job.datum >= 4:
                self.work_in = job.link
                return self.scheduler.send(job)
            device = self.device_in
            if device is not None:
                self.device_in = device.link
                device.datum = job.data[job.datum]
                job.datum += 1
                return self.scheduler.send(device)
        return self.wait()


class Device(Task):
    def __init__(self, scheduler, ident, priority):
        super().__init__(scheduler, ident, priority, None, False, True)
        self.pending = None

    def work(self, packet):
        if packet is not None:
            self.pending = packet
            return self.hold()
        packet = self.pending
        if packet is None:
            return self.wait()
        self.pending = None
        return self.scheduler.send(packet)


class Scheduler:
    def __init__(self):
        self.tasks = [None] * 6
        self.order = []
        self.current = None
        self.queued = 0
        self.holds = 0

    def add(self, task):
        self.tasks[task.ident] = task
        self.order.insert(0, task)

    def after(self, task):
        index = self.order.index(task) + 1
        return self.order[index] if index < len(self.order) else None

    def release(self, ident):
        task = self.tasks[ident]
        task.held = False
        return task if task.priority > self.current.priority else self.current

    def send(self, packet):
        task = self.tasks[packet.ident]
        self.queued += 1
        packet.link = None
        packet.ident = self.current.ident
        return task.receive(packet, self.current)

    def run(self):
        task = self.order[0]
        while task is not None:
            self.current = task
            task = self.after(task) if task.is_held_or_waiting() else task.take_packet()


def run(size):
    scheduler = Scheduler()
    Idle(scheduler, size)
    queue = Packet(None, WORKER, WORK_PACKET)
    Worker(scheduler, Packet(queue, WORKER, WORK_PACKET))
    for handler, device, priority in ((HANDLER_A, DEVICE_A, 2000), (HANDLER_B, DEVICE_B, 3000)):
        queue = None
        for _ in range(3):
            queue = Packet(queue, device, DEVICE_PACKET)
        Handler(scheduler, handler, priority, queue)
    Device(scheduler, DEVICE_A, 4000)
    Device(scheduler, DEVICE_B, 5000)
    scheduler.run()
    result = (scheduler.queued, scheduler.holds)
    assert result == EXPECTED.get(size, result), result


if __name__ == "__main__":
    main(run, 10000)
