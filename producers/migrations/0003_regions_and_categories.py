from django.db import migrations

# Slug, name, ISO 3166-2 code, INEI ubigeo, natural regions, capital. Codes: ISO 3166-2:PE
# and INEI; the natural regions are the usual school grouping.
REGIONS = [
    ("amazonas", "Amazonas", "PE-AMA", "01", ["highlands", "jungle"], "Chachapoyas"),
    ("ancash", "Áncash", "PE-ANC", "02", ["coast", "highlands"], "Huaraz"),
    ("apurimac", "Apurímac", "PE-APU", "03", ["highlands"], "Abancay"),
    ("arequipa", "Arequipa", "PE-ARE", "04", ["coast", "highlands"], "Arequipa"),
    ("ayacucho", "Ayacucho", "PE-AYA", "05", ["highlands", "jungle"], "Ayacucho"),
    ("cajamarca", "Cajamarca", "PE-CAJ", "06", ["highlands", "jungle"], "Cajamarca"),
    ("callao", "Callao", "PE-CAL", "07", ["coast"], "Callao"),
    ("cusco", "Cusco", "PE-CUS", "08", ["highlands", "jungle"], "Cusco"),
    ("huancavelica", "Huancavelica", "PE-HUV", "09", ["highlands"], "Huancavelica"),
    ("huanuco", "Huánuco", "PE-HUC", "10", ["highlands", "jungle"], "Huánuco"),
    ("ica", "Ica", "PE-ICA", "11", ["coast", "highlands"], "Ica"),
    ("junin", "Junín", "PE-JUN", "12", ["highlands", "jungle"], "Huancayo"),
    (
        "la-libertad",
        "La Libertad",
        "PE-LAL",
        "13",
        ["coast", "highlands", "jungle"],
        "Trujillo",
    ),
    ("lambayeque", "Lambayeque", "PE-LAM", "14", ["coast", "highlands"], "Chiclayo"),
    ("lima", "Lima", "PE-LIM", "15", ["coast", "highlands"], "Lima"),
    ("loreto", "Loreto", "PE-LOR", "16", ["jungle"], "Iquitos"),
    ("madre-de-dios", "Madre de Dios", "PE-MDD", "17", ["jungle"], "Puerto Maldonado"),
    ("moquegua", "Moquegua", "PE-MOQ", "18", ["coast", "highlands"], "Moquegua"),
    ("pasco", "Pasco", "PE-PAS", "19", ["highlands", "jungle"], "Cerro de Pasco"),
    ("piura", "Piura", "PE-PIU", "20", ["coast", "highlands"], "Piura"),
    ("puno", "Puno", "PE-PUN", "21", ["highlands", "jungle"], "Puno"),
    ("san-martin", "San Martín", "PE-SAM", "22", ["jungle"], "Moyobamba"),
    ("tacna", "Tacna", "PE-TAC", "23", ["coast", "highlands"], "Tacna"),
    ("tumbes", "Tumbes", "PE-TUM", "24", ["coast"], "Tumbes"),
    ("ucayali", "Ucayali", "PE-UCA", "25", ["jungle"], "Pucallpa"),
]

# Slug, name, name in English, in the order of the catalogue.
CATEGORIES = [
    ("frutas", "Frutas", "Fruit"),
    ("verduras-y-hortalizas", "Verduras y hortalizas", "Vegetables"),
    ("tuberculos-y-raices", "Tubérculos y raíces", "Tubers and roots"),
    (
        "granos-y-menestras",
        "Granos, menestras y frutos secos",
        "Grains, pulses and nuts",
    ),
    ("hierbas-y-especias", "Hierbas y especias", "Herbs and spices"),
    ("lacteos-y-huevos", "Lácteos y huevos", "Dairy and eggs"),
    ("miel-cafe-y-cacao", "Miel, café y cacao", "Honey, coffee and cacao"),
    ("panes-y-preparados", "Panes y preparados", "Bread and prepared food"),
    ("carnes-y-pescados", "Carnes y pescados", "Meat and fish"),
]


def add_reference_data(apps, schema_editor):
    Region = apps.get_model("producers", "Region")
    fields = ("slug", "name", "iso_code", "ubigeo", "natural_regions", "capital")
    Region.objects.bulk_create(
        Region(**dict(zip(fields, row, strict=True))) for row in REGIONS
    )
    Category = apps.get_model("producers", "Category")
    Category.objects.bulk_create(
        Category(slug=slug, name=name, name_en=name_en, position=position)
        for position, (slug, name, name_en) in enumerate(CATEGORIES, start=1)
    )


def remove_reference_data(apps, schema_editor):
    apps.get_model("producers", "Category").objects.all().delete()
    apps.get_model("producers", "Region").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("producers", "0002_catalogue")]

    operations = [migrations.RunPython(add_reference_data, remove_reference_data)]
