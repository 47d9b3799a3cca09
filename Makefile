# The two commands: `make run` and `make test`. The README has both without make.
PY ?= python3
PORT ?= 8000
PYTHON := .venv/bin/python
STAMPS := .venv/local.stamp .venv/dev.stamp
LOCK := uv pip compile -q --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-annotate --no-strip-extras pyproject.toml

.PHONY: run test bench lock messages clean

# A stamp says nothing once the Python below it has gone or was never finished.
ifneq ($(shell $(PYTHON) -c 'import pip' 2>/dev/null && echo works),works)
.PHONY: $(STAMPS)
endif

run: .venv/local.stamp
	@exec $(PYTHON) manage.py demo --port "$(PORT)"

test: .venv/dev.stamp
	@exec $(PYTHON) -m tests.run

bench: .venv/dev.stamp
	@exec $(PYTHON) -m tests.bench

$(STAMPS): .venv/%.stamp: requirements/%.txt
	@$(PYTHON) -c 'import pip' 2>/dev/null || { $(make-venv); }
	@echo 'Instalando los paquetes de $< en .venv; la primera vez tarda un minuto.'
	@out=$$($(PYTHON) -m pip install -q --disable-pip-version-check -r $< 2>&1) || { $(check-disk); \
		printf '%s\n' "$$out" | tail -n 3 >&2; \
		echo 'No se pudieron instalar los paquetes de $<: revise la conexión y repita la orden.' >&2; exit 1; }
	@touch $@

define make-venv
"$(PY)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	echo 'Hace falta Python 3.11 o más nuevo: instálelo o indíquelo con PY=.' >&2; exit 1; }; \
out=$$({ "$(PY)" -m venv --clear .venv || "$(PY)" -m virtualenv -q --clear .venv; } 2>&1) || { \
	$(check-disk); rm -rf .venv; \
	case "$$out" in \
	*'Permission denied'*) echo 'No hay permiso para crear .venv en esta carpeta.' ;; \
	*) echo 'No se pudo crear .venv: falta el módulo venv de Python (en Debian y Ubuntu: apt install python3-venv).' ;; \
	esac >&2; exit 1; }
endef

# After a failure: its output may not say why, so the disk is asked as well.
define check-disk
case "$$out $$(df -Pk . | awk 'NR == 2 && $$4 < 32768 {print "No space left"}')" in *'No space left'*) \
	echo 'No queda espacio en el disco para .venv: libere espacio y repita la orden.' >&2; exit 1 ;; esac
endef

# Development only: uv for the locks, gettext for the messages.
lock:
	$(LOCK) -o requirements/base.txt
	$(LOCK) --extra local -o requirements/local.txt
	$(LOCK) --extra local --extra dev -o requirements/dev.txt

messages: .venv/dev.stamp
	$(PYTHON) manage.py makemessages -l es --no-obsolete --add-location=file --ignore var
	$(PYTHON) manage.py compilemessages -l es -l qu --ignore .venv

# Keeps var/, which holds the site's data.
clean:
	rm -rf .venv .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +
