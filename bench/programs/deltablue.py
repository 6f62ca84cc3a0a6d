"""An incremental constraint solver after the DeltaBlue algorithm (Freeman-Benson, Maloney, Borning): a chain and a projection."""

from measure import main

REQUIRED, STRONG_PREFERRED, PREFERRED, STRONG_DEFAULT, DEFAULT, WEAK_DEFAULT, WEAKEST = range(7)


class Variable:
    def __init__(self, value):
        self.value = value
        self.constraints = []
        self.determined_by = None
        self.strength = WEAKEST
        self.stay = True
        self.mark = 0


class Constraint:
    def __init__(self, strength):
        self.strength = strength

    def is_satisfied(self):
        raise NotImplementedError

    def outputs_to(self):
        raise NotImplementedError

    def inputs(self):
        return ()

    def inputs_known(self, mark):
        for variable in self.inputs():
            if not (variable.mark == mark or variable.stay or variable.determined_by is None):
                return False
        return True

    def satisfy(self, mark, planner):
        self.choose(mark)
        if not self.is_satisfied():
            if self.strength == REQUIRED:
                raise RuntimeError("a required constraint cannot be satisfied")
            return None
        for variable in self.inputs():
            variable.mark = mark
        output = self.outputs_to()
        overridden = output.determined_by
        if overridden is not None:
            overridden.unsatisfy()
        output.determined_by = self
        if not planner.propagate(self, mark):
            raise RuntimeError("a cycle of constraints")
        output.mark = mark
        return overridden


class Unary(Constraint):
    def __init__(self, variable, strength):
        super().__init__(strength)
        self.variable = variable
        self.satisfied = False

    def attach(self):
        self.variable.constraints.append(self)

    def detach(self):
        if self.variable is not None:
            self.variable.constraints.remove(self)
        self.satisfied = False

    def choose(self, mark):
        self.satisfied = self.variable.mark != mark and self.strength < self.variable.strength

    def is_satisfied(self):
        return self.satisfied

    def unsatisfy(self):
        self.satisfied = False

    def outputs_to(self):
        return self.variable

    def recalculate(self):
        self.variable.strength = self.strength
        self.variable.stay = not self.is_input()
        if self.variable.stay:
            self.execute()

    def is_input(self):
        return False

    def execute(self):
        pass


class Stay(Unary):
    pass


class Edit(Unary):
    def is_input(self):
        return True


class Binary(Constraint):
    def __init__(self, first, second, strength):
        super().__init__(strength)
        self.first = first
        self.second = second
        self.direction = 0

    def attach(self):
        for variable in self.variables():
            variable.constraints.append(self)

    def detach(self):
        for variable in self.variables():
            variable.constraints.remove(self)
        self.direction = 0

    def variables(self):
        return (self.first, self.second)

    def is_input(self):
        return False

    def choose(self, mark):
        first, second = self.first, self.second
        if first.mark == mark:
            forward = second.mark != mark and self.strength < second.strength
            self.direction = 1 if forward else 0
        elif second.mark == mark:
            self.direction = -1 if self.strength < first.strength else 0
        elif first.strength > second.strength:
            self.direction = -1 if self.strength < first.strength else 0
        else:
            self.direction = 1 if self.strength < second.strength else 0

    def is_satisfied(self):
        return self.direction != 0

    def unsatisfy(self):
        self.direction = 0

    def input(self):
        return self.first if self.direction > 0 else self.second

    def outputs_to(self):
        return self.second if self.direction > 0 else self.first

    def inputs(self):
        return (self.input(),)

    def recalculate(self):
        source, target = self.input(), self.outputs_to()
        target.strength = max(self.strength, source.strength)
        target.stay = source.stay
        if target.stay:
            self.execute()


class Equality(Binary):
    def execute(self):
        self.outputs_to().value = self.input().value


class Scale(Binary):
    """second = first * scale + offset"""

    def __init__(self, first, scale, offset, second, strength):
        super().__init__(first, second, strength)
        self.scale = scale
        self.offset = offset

    def variables(self):
        return (self.first, self.second, self.scale, self.offset)

    def inputs(self):
        return (self.input(), self.scale, self.offset)

    def execute(self):
        if self.direction > 0:
            self.second.value = self.first.value * self.scale.value + self.offset.value
        else:
            self.first.value = (self.second.value - self.offset.value) // self.scale.value

    def recalculate(self):
        source, target = self.input(), self.outputs_to()
        target.strength = max(self.strength, source.strength)
        target.stay = source.stay and self.scale.stay and self.offset.stay
        if target.stay:
            self.execute()


class Planner:
    def __init__(self):
        self.current = 0

    def new_mark(self):
        self.current += 1
        return self.current

    def add(self, constraint):
        constraint.attach()
        mark = self.new_mark()
        overridden = constraint.satisfy(mark, self)
        while overridden is not None:
            overridden = overridden.satisfy(mark, self)
        return constraint

    def remove(self, constraint):
        if not constraint.is_satisfied():
            constraint.detach()
            return
        output = constraint.outputs_to()
        constraint.unsatisfy()
        constraint.detach()
        unsatisfied = self.forget(output)
        for strength in range(WEAKEST):
            for other in unsatisfied:
                if other.strength == strength:
                    mark = self.new_mark()
                    again = other.satisfy(mark, self)
                    while again is not None:
                        again = again.satisfy(mark, self)

    def forget(self, output):
        output.determined_by = None
        output.strength = WEAKEST
        output.stay = True
        unsatisfied = []
        todo = [output]
        while todo:
            variable = todo.pop()
            for constraint in variable.constraints:
                if not constraint.is_satisfied():
                    unsatisfied.append(constraint)
            for constraint in self.consumers(variable):
                constraint.recalculate()
                todo.append(constraint.outputs_to())
        return unsatisfied

    def consumers(self, variable):
        determining = variable.determined_by
        return [c for c in variable.constraints if c is not determining and c.is_satisfied()]

    def propagate(self, constraint, mark):
        todo = [constraint]
        while todo:
            item = todo.pop()
            if item.outputs_to().mark == mark:
                self.remove(constraint)
                return False
            item.recalculate()
            todo.extend(self.consumers(item.outputs_to()))
        return True

    def plan_for(self, edits):
        sources = [edit for edit in edits if edit.is_input() and edit.is_satisfied()]
        mark = self.new_mark()
        plan = []
        while sources:
            constraint = sources.pop()
            if constraint.outputs_to().mark != mark and constraint.inputs_known(mark):
                plan.append(constraint)
                constraint.outputs_to().mark = mark
                sources.extend(self.consumers(constraint.outputs_to()))
        return plan

    def change(self, variable, value):
        edit = self.add(Edit(variable, PREFERRED))
        plan = self.plan_for([edit])
        for _ in range(10):
            variable.value = value
            for constraint in plan:
                constraint.execute()
        self.remove(edit)


def chain(size):
    planner = Planner()
    variables = [Variable(0) for _ in range(size + 1)]
    for first, second in zip(variables, variables[1:]):
        planner.add(Equality(first, second, REQUIRED))
    planner.add(Stay(variables[-1], STRONG_DEFAULT))
    edit = planner.add(Edit(variables[0], PREFERRED))
    plan = planner.plan_for([edit])
    for value in range(100):
        variables[0].value = value
        for constraint in plan:
            constraint.execute()
        assert variables[-1].value == value
    planner.remove(edit)


def projection(size):
    planner = Planner()
    scale, offset = Variable(10), Variable(1000)
    sources, targets = [], []
    for i in range(size):
        source, target = Variable(i), Variable(i)
        sources.append(source)
        targets.append(target)
        planner.add(Stay(source, DEFAULT))
        planner.add(Scale(source, scale, offset, target, REQUIRED))
    planner.change(sources[-1], 17)
    assert targets[-1].value == 1170
    planner.change(targets[-1], 1050)
    assert sources[-1].value == 5
    planner.change(scale, 5)
    assert all(targets[i].value == i * 5 + 1000 for i in range(size - 1))
    planner.change(offset, 2000)
    assert all(targets[i].value == i * 5 + 2000 for i in range(size - 1))


def run(size):
    chain(size)
    projection(size)


if __name__ == "__main__":
    main(run, 3000)
